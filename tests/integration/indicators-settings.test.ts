import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Actor, Role } from '#lib/server/identity/actor.ts';
import { changeRule, changeStage, changeTarget, getTargetSettings } from '#lib/server/indicators/edit-settings.ts';
import { exportSheet } from '#lib/server/indicators/export.ts';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import { listTargetPeople } from '#lib/server/indicators/list-people.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { csvCell, csvFile, xlsxFile } from '#lib/server/platform/office/sheet-files.ts';
import { filterOf, indicatorWorld, type MadeUnit } from '../support/indicator-world.ts';
import { as, test } from '../support/test.ts';

const actor = (role: Role, unit: MadeUnit): Actor => ({
	kind: 'account',
	accountId: '00000000-0000-4000-8000-000000000001',
	displayName: 'Người thử',
	grants: [{ role, unitId: unit.id, unitPath: unit.path }]
});

const RULE = {
	hybridRule: 'all_hybrid' as const,
	guidingDocument: '12/STP-PBGDPL',
	countedKinds: ['training' as const, 'refresher' as const],
	countedTopics: ['digital_skills'],
	attendancePercent: 80,
	smallUnitActivities: 5,
	seenRule: ''
};

test('of two who edit one target the second is told', async ({ ctx }) => {
	await indicatorWorld(ctx.db).start();
	const edit = {
		stageCode: '2025-2027',
		indicator: 'trained_share' as const,
		comparison: 'above' as const,
		percent: 85
	};
	const words = { wording: 'trên 85% …', planNo: '9/KH-UBND', version: 1 };
	await changeTarget(ctx, { ...edit, ...words });
	await expect(changeTarget(ctx, { ...edit, ...words })).rejects.toMatchObject({ code: 'indicators.stale' });
	const { targets } = await getTargetSettings(ctx);
	expect(targets[0]).toMatchObject({ percent: 85, version: 2, planNo: '9/KH-UBND' });
	const [row] = await ctx.db.execute<{ n: number }>(
		sql`select count(*)::int as n from audit_event where action = 'target.changed'`
	);
	expect(row?.n).toBe(1);
});

test('stages keep apart and an edit of old days is refused', async ({ ctx }) => {
	await indicatorWorld(ctx.db).start();
	const days = { code: '2025-2027', seenStartsOn: '2025-01-01', seenEndsOn: '2027-12-31' };
	await expect(changeStage(ctx, { ...days, startsOn: '2025-01-01', endsOn: '2028-01-01' })).rejects.toMatchObject({
		code: 'indicators.stages_overlap'
	});
	await changeStage(ctx, { ...days, startsOn: '2025-04-15', endsOn: '2027-12-31' });
	await expect(changeStage(ctx, { ...days, startsOn: '2025-01-01', endsOn: '2027-12-31' })).rejects.toMatchObject({
		code: 'indicators.stale'
	});
});

test('another hybrid rule needs its document, moves the share at once and is printed; both readings stay', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 3);
	const [hybrid, live] = [
		await world.activity(province, { mode: 'hybrid' }),
		await world.activity(province, { mode: 'online_live' })
	];
	await world.trained(hybrid, roster.slice(0, 2), province, '2026-05-20', { mode: 'online_live' });
	await world.trained(hybrid, roster.slice(2), province, '2026-05-20', { mode: 'in_person' });
	await world.trained(live, roster, province);
	expect((await getTargetsPage(ctx, filterOf())).online.share).toEqual({ part: 1, whole: 2 });
	await expect(changeRule(ctx, { ...RULE, guidingDocument: '' })).rejects.toMatchObject({
		code: 'training.rule_needs_document'
	});
	await changeRule(ctx, { ...RULE, hybridRule: 'majority_online' });
	const page = await getTargetsPage(ctx, filterOf());
	expect([page.online.share, page.onlineStrict, page.onlineUpper].map(({ part }) => part)).toEqual([2, 1, 2]);
	expect(page.sentences.online).toContain('theo 12/STP-PBGDPL');
	await expect(changeRule(ctx, RULE)).rejects.toMatchObject({ code: 'indicators.stale' });
});

test('a rule that counts other kinds moves the trained share in the same transaction', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	await world.trained(
		await world.activity(province, { kind: 'conference' }),
		await world.people(province, 2),
		province
	);
	expect((await getTargetsPage(ctx, filterOf())).trained.share.part).toBe(0);
	await changeRule(ctx, { ...RULE, hybridRule: 'strict', guidingDocument: '', countedKinds: ['conference'] });
	expect((await getTargetsPage(ctx, filterOf())).trained.share.part).toBe(2);
});

test('a viewer sees figures and activities, never names; nobody sees beyond the own units', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b] = [await world.unit('A', province), await world.unit('B', province)];
	await world.trained(await world.activity(a), await world.people(a, 2), a);
	await world.people(b, 3);
	const viewer = as(ctx, actor('viewer', province));
	const page = await getTargetsPage(viewer, filterOf());
	expect([page.trained.share.whole, page.selection.maySeePeople]).toEqual([5, false]);
	expect((await listTargetActivities(viewer, filterOf())).total).toBe(1);
	await expect(listTargetPeople(viewer, filterOf())).rejects.toMatchObject({ kind: 'forbidden' });
	const head = as(ctx, actor('unit_head', a));
	expect((await getTargetsPage(head, filterOf())).selection.unit.code).toBe('A');
	expect((await listTargetPeople(head, filterOf())).total).toBe(2);
	for (const unit of ['B', 'P', 'X'])
		await expect(getTargetsPage(head, filterOf({ unit }))).rejects.toMatchObject({ kind: 'not_found' });
	for (const role of ['trainer', 'content_approver', 'technical_admin'] as const)
		await expect(getTargetsPage(as(ctx, actor(role, province)), filterOf())).rejects.toMatchObject({
			kind: 'forbidden'
		});
	await expect(getTargetSettings(head)).rejects.toMatchObject({ kind: 'forbidden' });
});

test('exports hold the whole list and no cell that a spreadsheet would run', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	await world.trained(
		await world.activity(province, { title: '=HYPERLINK("http://x")' }),
		await world.people(province, 60),
		province
	);
	const sheet = await exportSheet(ctx, 'people', filterOf({ trained: 'yes' }), 'vi');
	expect(sheet.rows).toHaveLength(60);
	expect(csvFile(sheet)).toContain(`"'=HYPERLINK(""http://x"")"`);
	for (const text of ['=1', '+1', '-1', '@x', '\tx', ' =1']) expect(csvCell(text)).toMatch(/^"'/);
	expect((await xlsxFile(sheet)).subarray(0, 2).toString()).toBe('PK');
});
