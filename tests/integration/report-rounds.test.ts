import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { OpenPeriodInput } from '#lib/reporting/input.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { affiliations, people } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { saveEntries } from '#lib/server/reporting/entries.ts';
import { getFrozen } from '#lib/server/reporting/freeze.ts';
import { editPeriod, getPeriodPage, openPeriod, voidPeriod } from '#lib/server/reporting/periods.ts';
import { getReportFile, getReportPage } from '#lib/server/reporting/reports.ts';
import { lockPeriod, remindUnits, reopenPeriod } from '#lib/server/reporting/rounds.ts';
import { signedReportUrl } from '#lib/server/reporting/signed-report.ts';
import {
	acceptReport,
	approveReport,
	attachSigned,
	returnReport,
	submitReport
} from '#lib/server/reporting/workflow.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';
import { indicatorWorld, type MadeUnit } from '../support/indicator-world.ts';
import { as, at, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

const YEAR: OpenPeriodInput = {
	...{ kind: 'year', year: 2026, stage: null, name: null, fromOn: null, toOn: null },
	...{ cutOff: '2026-11-20', dueOn: '2026-12-10' }
};

/** Three units; A has trained people, accounts look after A and B, nobody after C. */
async function aRound(ctx: Context) {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b, c] = [await world.unit('A', province), await world.unit('B', province), await world.unit('C', province)];
	const roster = await world.people(a, 10);
	const online = await world.activity(a, { mode: 'online_live' });
	await world.trained(online, roster.slice(0, 7), a);
	const accounts = { a: await anAdmin(ctx, 'canbo.a', a), b: await anAdmin(ctx, 'canbo.b', b) };
	const { periodId } = await openPeriod(ctx, YEAR);
	return { ...{ world, province, a, b, c, roster, online, accounts, periodId }, key: { periodId, unitId: a.id } };
}

async function anAdmin(ctx: Context, username: string, unit: MadeUnit): Promise<string> {
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: username, username });
	await addGrant(ctx, ctx.db, { accountId, role: 'unit_admin', unitId: unit.id });
	return accountId;
}

const told = async (ctx: Context, template: string) =>
	(await ctx.db.select().from(notifications).where(eq(notifications.template, template))).length;
const frozenText = async (ctx: Context) => {
	const rows = await ctx.db.execute<{ all: string }>(
		sql`select string_agg(content || inputs || sha256, '|' order by unit_id, version) as all from report_snapshot`
	);
	return rows[0]?.all;
};
const pdf = () => new File(['%PDF-1.7 signed'], 'BC ký.pdf', { type: 'application/pdf' });

test('a report goes from the unit over its head to the Sở and back, and each step is told and audited', async ({
	ctx
}) => {
	const { a, province, key, periodId } = await aRound(ctx);
	const [admin, head, sở] = (
		[
			['unit_admin', a],
			['unit_head', a],
			['province_admin', province]
		] as const
	).map(([role, unit]) => as(ctx, anActor(role, unit) satisfies Actor)) as [Context, Context, Context];
	expect(await told(ctx, 'reporting.opened')).toBe(2);
	await expect(approveReport(head, key)).rejects.toMatchObject({ code: 'reporting.not_now' });
	await submitReport(admin, key);
	await expect(submitReport(admin, key)).rejects.toMatchObject({ code: 'reporting.not_now' });
	await expect(saveEntries(admin, key, { entries: {}, version: 2 })).rejects.toMatchObject({
		code: 'reporting.not_now'
	});
	await expect(approveReport(admin, key)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(acceptReport(sở, key)).rejects.toMatchObject({ code: 'reporting.not_now' });
	await approveReport(head, key);
	await expect(returnReport(head, key, 'Sửa lại')).rejects.toMatchObject({ code: 'reporting.not_now' });
	await returnReport(sở, key, 'Thiếu nguồn số liệu');
	expect((await getReportPage(admin, key)).standing).toMatchObject({ returnReason: 'Thiếu nguồn số liệu' });
	await saveEntries(admin, key, { entries: { narrative: { results: 'Tốt.' } }, version: 2 });
	await submitReport(admin, key);
	await attachSigned(admin, key, { file: pdf(), signedNo: '15/BC-A', signedOn: '2026-11-20' });
	expect(await signedReportUrl(sở, key)).toContain('reports');
	await acceptReport(sở, key);
	const page = await getReportPage(sở, key);
	expect(page).toMatchObject({ state: 'accepted', frozen: { version: 2, isIntact: true }, isOutdated: false });
	expect(page.versions.map(({ version }) => version)).toEqual([2, 1]);
	expect((await getPeriodPage(sở, periodId)).units.map(({ code, state }) => [code, state])).toEqual([
		['A', 'accepted'],
		['B', 'draft'],
		['C', 'draft']
	]);
	expect([await told(ctx, 'reporting.returned'), await told(ctx, 'reporting.accepted')]).toEqual([1, 1]);
	const steps = await ctx.db
		.select()
		.from(auditEvents)
		.where(sql`action like 'unit_report.%'`)
		.orderBy(auditEvents.id);
	expect(steps.map(({ action }) => action.replace('unit_report.', ''))).toEqual([
		...['submitted', 'approved', 'returned', 'entered', 'submitted', 'signed', 'accepted']
	]);
});

test('units that have not sent are reminded, none twice on one day', async ({ ctx }) => {
	const { a, b, key, periodId, accounts } = await aRound(ctx);
	await submitReport(ctx, key);
	await approveReport(as(ctx, anActor('unit_head', a)), key);
	expect(await remindUnits(ctx, periodId)).toEqual({ reminded: 1 });
	expect(await remindUnits(ctx, periodId)).toEqual({ reminded: 0 });
	expect(await remindUnits(at(ctx, '2026-11-21T08:00:00+07:00'), periodId)).toEqual({ reminded: 1 });
	const sent = await ctx.db.select().from(notifications).where(eq(notifications.template, 'reporting.reminder'));
	expect(sent.map(({ accountId }) => accountId)).toEqual([accounts.b, accounts.b]);
	const row = (await getPeriodPage(ctx, periodId)).units.find(({ id }) => id === b.id);
	expect(row).toMatchObject({ state: 'draft', reminderCount: 2 });
	await expect(remindUnits(as(ctx, anActor('unit_head', a)), periodId)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('a locked report stays as it is whatever is edited later, and can be counted again', async ({ ctx }) => {
	const { world, province, a, b, roster, online, key, periodId } = await aRound(ctx);
	await submitReport(ctx, key);
	await expect(
		editPeriod(ctx, periodId, { ...{ name: 'Năm 2026', cutOff: '2026-11-30' }, ...{ dueOn: '2026-12-10', version: 1 } })
	).rejects.toMatchObject({
		code: 'reporting.already_sent'
	});
	await expect(voidPeriod(ctx, periodId, 'Nhầm')).rejects.toMatchObject({ code: 'reporting.already_sent' });
	expect(await lockPeriod(ctx, periodId)).toEqual({ version: 1 });
	const before = await frozenText(ctx);
	const whole = { periodId, unitId: province.id };
	const file = await getReportFile(ctx, whole, 'pdf', {
		outline: 'full',
		tables: ['01', '02', '03', '05'],
		isDefault: false
	});

	await world.move(roster[0]!, b, '2026-10-01');
	await world.trained(await world.activity(b, { mode: 'in_person' }), roster.slice(8), a);
	await ctx.db
		.update(participations)
		.set({ voidedAt: ctx.now, voidReason: 'Nhầm' })
		.where(eq(participations.personId, roster[1]!));
	await ctx.db.update(people).set({ canonicalId: roster[3] }).where(eq(people.id, roster[2]!));
	await ctx.db
		.update(trainingActivities)
		.set({ title: 'Tên khác', mode: 'hybrid' })
		.where(eq(trainingActivities.id, online));
	await ctx.db.update(affiliations).set({ validTo: '2026-06-01' }).where(eq(affiliations.personId, roster[4]!));
	await world.recompute(roster);

	expect(await frozenText(ctx)).toBe(before);
	expect((await getFrozen(ctx.db, whole, 1)).isIntact).toBe(true);
	const page = await getReportPage(ctx, whole);
	expect(page).toMatchObject({ frozen: { version: 1, isIntact: true }, isOutdated: true, mayWrite: false });
	expect(page.narrative.find(({ key: name }) => name === 'compared')?.text).toContain('còn 03 đơn vị chưa gửi');
	const again = await getReportFile(ctx, whole, 'pdf', {
		outline: 'full',
		tables: ['01', '02', '03', '05'],
		isDefault: false
	});
	expect(again.body.equals(file.body)).toBe(true);
	await expect(saveEntries(ctx, whole, { entries: {}, version: 1 })).rejects.toMatchObject({
		code: 'reporting.period_locked'
	});
	await expect(approveReport(ctx, key)).rejects.toMatchObject({ code: 'reporting.period_locked' });
	await expect(lockPeriod(ctx, periodId)).rejects.toMatchObject({ code: 'reporting.period_locked' });

	await reopenPeriod(ctx, periodId, 'Bổ sung lớp của đơn vị B');
	expect(await lockPeriod(ctx, periodId)).toEqual({ version: 2 });
	const versions = (await getReportPage(ctx, whole)).versions;
	expect(versions.map(({ version, reason }) => [version, reason])).toEqual([
		[2, 'Bổ sung lớp của đơn vị B'],
		[1, null]
	]);
	const first = await getReportPage(ctx, whole, 1);
	const trained = (shown: typeof first) => shown.tables.find(({ id }) => id === '02')?.rows[0]?.[4];
	expect(trained(first)).toBe(7);
	expect(trained(await getReportPage(ctx, whole))).not.toBe(7);
});

test('the database itself refuses to change a frozen report, and what was tampered with shows', async ({ ctx }) => {
	const { key, periodId } = await aRound(ctx);
	await submitReport(ctx, key);
	for (const change of [sql`update report_snapshot set content = '{}'`, sql`delete from report_snapshot`])
		await expect(ctx.db.execute(change)).rejects.toThrow();
	await ctx.db.execute(sql`alter table report_snapshot disable trigger report_snapshot_unchanged`);
	await ctx.db.execute(sql`update report_snapshot set content = replace(content, '"part":7', '"part":9')`);
	expect((await getFrozen(ctx.db, key, 1)).isIntact).toBe(false);
	await expect(getFrozen(ctx.db, { periodId, unitId: key.unitId }, 5)).rejects.toMatchObject({
		code: 'reporting.no_version'
	});
});
