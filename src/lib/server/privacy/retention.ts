import { sql } from 'drizzle-orm';
import type { RetentionInput } from '#lib/privacy/input.ts';
import { removeOldEvents } from '../audit/remove-old.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { changeSetting, getSetting } from '../identity/settings.ts';
import { type Context, today } from '../platform/context.ts';
import { dataRequests } from './tables.ts';

/** What an administrator sees and sets of personal data: keeping times, and how requests are answered. */
export async function getPrivacyPage(ctx: Context) {
	authorise(ctx.actor, 'system:operate');
	const [retention, [requests]] = await Promise.all([
		getSetting(ctx.db, 'retention'),
		ctx.db
			.select({
				open: sql<number>`count(*) filter (where state = 'open')::int`,
				overdue: sql<number>`count(*) filter (where state = 'open' and due_on < ${today(ctx)}::date)::int`,
				late: sql<number>`count(*) filter (where answered_at >= ((due_on + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'))::int`,
				answered: sql<number>`count(*) filter (where state <> 'open')::int`
			})
			.from(dataRequests)
	]);
	return { retention, requests: requests ?? { open: 0, overdue: 0, late: 0, answered: 0 } };
}

/** Sets how long logs are kept. @throws {DomainError} `forbidden`; `conflict` when somebody changed it meanwhile */
export async function changeRetention(ctx: Context, { version, ...value }: RetentionInput): Promise<void> {
	await changeSetting(ctx, 'retention', value, version);
}

/** Removes what has been kept long enough; a second run finds nothing. */
export async function removeOld(ctx: Context): Promise<void> {
	const { value } = await getSetting(ctx.db, 'retention');
	const events = await removeOldEvents(ctx.db, value.auditMonths);
	const before = (months: number) => sql`now() - make_interval(months => ${months})`;
	const deliveries = await ctx.db.execute(sql`delete from delivery
		where state <> 'waiting' and queued_at < ${before(value.deliveryMonths)} returning 1`);
	// Announcements keep theirs: they are the receipts.
	const messages = await ctx.db.execute(sql`delete from notification
		where announcement_id is null and read_at is not null and sent_at < ${before(value.messageMonths)} returning 1`);
	const steps = await ctx.db.execute(
		sql`delete from answer_step where saved_at < ${before(value.answerStepMonths)} returning 1`
	);
	const counts = { events, deliveries: deliveries.length, messages: messages.length, answerSteps: steps.length };
	if (events + counts.deliveries + counts.messages + counts.answerSteps > 0)
		await recordAudit(ctx, ctx.db, 'retention.removed', counts);
}
