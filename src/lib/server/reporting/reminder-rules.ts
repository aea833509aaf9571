import { sql } from 'drizzle-orm';
import {
	DEFAULT_RULES,
	REMINDER_KINDS,
	type ReminderRule,
	type ReminderRuleInput
} from '#lib/reporting/reminder-rules.ts';
import { recordAudit } from '../audit/record.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { authoriseProvince } from './access.ts';
import { listPlanned } from './planned-reminders.ts';
import { reminderRules } from './tables.ts';

/** Days that the preview looks ahead. */
const PREVIEW_DAYS = 14;
/** Days that the log looks back. */
const LOG_DAYS = 30;
const TEMPLATES = ['training.due_reminder', 'training.site_reminder', 'reporting.reminder'];

/** The rules, what they will send in the days to come as things stand, and what was sent. */
export async function getRemindersPage(ctx: Context) {
	await authoriseProvince(ctx, 'report:manage');
	const rules = await listRules(ctx.db);
	const [planned, sent] = await Promise.all([
		listPlanned(ctx.db, rules, today(ctx), PREVIEW_DAYS),
		ctx.db.execute<{ day: string; template: string; count: number }>(sql`
			select (sent_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day, template, count(*)::int as count
			from notification where template = any(${sql.param(TEMPLATES)}::text[])
				and sent_at > ${ctx.now.toISOString()}::timestamptz - make_interval(days => ${LOG_DAYS})
			group by 1, 2 order by 1 desc, 2`)
	]);
	return { rules, planned, sent: [...sent] };
}

/** @throws {DomainError} `forbidden` */
export async function changeRule(ctx: Context, { kind, days, isOn }: ReminderRuleInput): Promise<void> {
	const province = await authoriseProvince(ctx, 'report:manage');
	await ctx.db.transaction(async (tx) => {
		await tx
			.insert(reminderRules)
			.values({ kind, days, isOn })
			.onConflictDoUpdate({ target: reminderRules.kind, set: { days, isOn } });
		await recordAudit(ctx, tx, 'reminder_rule.changed', { objectId: kind, unitId: province.id, days, isOn });
	});
}

/** The rules in force; what nobody changed is as delivered. */
export async function listRules(db: Database): Promise<ReminderRule[]> {
	const changed = await db.select().from(reminderRules);
	return REMINDER_KINDS.flatMap((kind) => {
		const rule = changed.find((one) => one.kind === kind) ?? DEFAULT_RULES.find((one) => one.kind === kind);
		return rule ? [rule] : [];
	});
}
