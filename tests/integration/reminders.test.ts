import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openPeriod } from '#lib/server/reporting/periods.ts';
import { changeRule, getRemindersPage } from '#lib/server/reporting/reminder-rules.ts';
import { sendReminders } from '#lib/server/reporting/send-reminders.ts';
import { indicatorWorld } from '../support/indicator-world.ts';
import { as, at, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

/** A class that ends on 27/11 with two of three people not done, and a report due on 27/11 of a unit with an admin. */
async function aWeekBefore(ctx: Context) {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const unit = await world.unit('A', province);
	const roster = await world.people(unit, 3);
	const activityId = await world.activity(unit, { mode: 'online_self_paced', status: 'ongoing', dueOn: '2026-11-27' });
	await world.trained(activityId, roster.slice(0, 1), unit, '2026-11-10', { mode: 'online_self_paced' });
	await world.trained(activityId, roster.slice(1), unit, null, { mode: 'online_self_paced', attendedOn: null });
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: 'Đầu mối', username: 'canbo.a' });
	await addGrant(ctx, ctx.db, { accountId, role: 'unit_admin', unitId: unit.id });
	await openPeriod(ctx, {
		...{ kind: 'year', year: 2026, stage: null, name: null, fromOn: null, toOn: null },
		...{ cutOff: '2026-11-20', dueOn: '2026-11-27' }
	});
	return { unit };
}

const told = async (ctx: Context, template: string) =>
	(await ctx.db.select().from(notifications).where(eq(notifications.template, template))).length;

test('seven days before, one day before and afterwards those who are not done are told, once a day', async ({
	ctx
}) => {
	await aWeekBefore(ctx);
	const on = (day: string) => sendReminders(at(ctx, `${day}T07:30:00+07:00`));
	for (const day of ['2026-11-19', '2026-11-20', '2026-11-20', '2026-11-21']) await on(day);
	expect([await told(ctx, 'training.due_reminder'), await told(ctx, 'reporting.reminder')]).toEqual([2, 1]);
	await on('2026-11-26');
	expect([await told(ctx, 'training.due_reminder'), await told(ctx, 'reporting.reminder')]).toEqual([4, 2]);
	await on('2026-11-28');
	expect([await told(ctx, 'training.due_reminder'), await told(ctx, 'reporting.reminder')]).toEqual([4, 3]);
	const page = await getRemindersPage(at(ctx, '2026-11-28T09:00:00+07:00'));
	expect(page.sent[0]).toEqual({ day: '2026-11-28', template: 'reporting.reminder', count: 1 });
});

test('the page shows what will be sent; a rule that is off sends nothing; only the Sở sets rules', async ({ ctx }) => {
	const { unit } = await aWeekBefore(ctx);
	const planned = async () =>
		(await getRemindersPage(ctx)).planned.map(({ day, kind, waiting }) => [day, kind, waiting]);
	expect(await planned()).toEqual([
		['2026-11-20', 'class_due', 2],
		['2026-11-20', 'report_due', 1],
		['2026-11-26', 'class_due', 2],
		['2026-11-26', 'report_due', 1],
		['2026-11-28', 'report_overdue', 1]
	]);
	await changeRule(ctx, { kind: 'class_due', days: [3], isOn: false });
	await changeRule(ctx, { kind: 'report_due', days: [2], isOn: true });
	expect(await planned()).toEqual([
		['2026-11-25', 'report_due', 1],
		['2026-11-28', 'report_overdue', 1]
	]);
	await sendReminders(ctx);
	expect(await told(ctx, 'training.due_reminder')).toBe(0);
	const admin = as(ctx, anActor('unit_admin', unit));
	await expect(changeRule(admin, { kind: 'class_due', days: [3], isOn: true })).rejects.toMatchObject({
		kind: 'forbidden'
	});
});
