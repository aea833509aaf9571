import { recordAudit } from '../audit/record.ts';
import { today, within, type Context } from '../platform/context.ts';
import { remindSites } from '../training/sites.ts';
import { getPeriod } from './access.ts';
import { remindUnfinished } from './class-reminders.ts';
import { listDue, type PlannedReminder } from './planned-reminders.ts';
import { listRules } from './reminder-rules.ts';
import { remindMissing } from './rounds.ts';

/** Sends what the rules ask for today. May be repeated: nobody is told twice of one occasion. */
export async function sendReminders(ctx: Context): Promise<void> {
	for (const planned of await listDue(ctx.db, await listRules(ctx.db), today(ctx))) await sendOne(ctx, planned);
}

async function sendOne(ctx: Context, { kind, objectId }: PlannedReminder): Promise<void> {
	if (kind === 'site_list') {
		await remindSites(ctx, objectId);
		return;
	}
	await ctx.db.transaction(async (tx) => {
		const reminded =
			kind === 'class_due'
				? await remindUnfinished(within(ctx, tx), tx, objectId)
				: (await remindMissing(ctx, tx, await getPeriod(tx, objectId))).length;
		if (reminded > 0) await recordAudit(ctx, tx, 'reminder.sent', { objectId, kind, reminded });
	});
}
