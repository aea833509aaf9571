import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { shareText } from '#lib/indicators/share.ts';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import { listTargetPeople } from '#lib/server/indicators/list-people.ts';
import { listClasses, listSummoned } from '#lib/server/indicators/list-summoned.ts';
import { getBothTargets, getTargetsPage } from '#lib/server/indicators/service.ts';
import { categoryMemberships, people } from '#lib/server/organisation/tables.ts';
import { recomputeFirstCompletions } from '#lib/server/training/first-completion.ts';
import { filterOf, indicatorWorld } from '../support/indicator-world.ts';
import { test } from '../support/test.ts';

test('(a) 28 of 40 activities online are 70,00% and not enough, 80,00% with hybrid ones, and nine classes are missing', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [person = ''] = await world.people(province, 1);
	const modes = [
		...Array.from({ length: 20 }, () => 'online_self_paced' as const),
		...Array.from({ length: 8 }, () => 'online_live' as const),
		...Array.from({ length: 4 }, () => 'hybrid' as const),
		...Array.from({ length: 8 }, () => 'in_person' as const)
	];
	for (const mode of modes) await world.trained(await world.activity(province, { mode }), [person], province);
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.online).toMatchObject({ share: { part: 28, whole: 40 }, verdict: 'missed', missing: 9 });
	expect(shareText(page.online.share)).toBe('70,00%');
	expect(shareText(page.onlineUpper)).toBe('80,00%');
	expect(page.sentences.online).toContain('04 hoạt động kết hợp được thống kê riêng');
	expect(await getBothTargets(ctx)).toMatchObject({ trained: page.trained, online: page.online });
	expect((await listTargetActivities(ctx, filterOf({ mode: 'counted' }))).total).toBe(28);
	expect((await listTargetActivities(ctx, filterOf())).total).toBe(40);
});

test('(b) 30 of 40 activities are exactly 75,00% and not enough', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [person = ''] = await world.people(province, 1);
	for (let i = 0; i < 40; i++) {
		const mode = i < 30 ? 'online_live' : 'in_person';
		await world.trained(await world.activity(province, { mode }), [person], province);
	}
	const { online } = await getTargetsPage(ctx, filterOf());
	expect([shareText(online.share), online.verdict, online.missing]).toEqual(['75,00%', 'missed', 1]);
});

test('(c) 800 trained of 1.000 are not enough and 801 are', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 1000);
	const activity = await world.activity(province);
	await world.trained(activity, roster.slice(0, 800), province);
	const before = await getTargetsPage(ctx, filterOf());
	expect(before.trained).toMatchObject({ share: { part: 800, whole: 1000 }, verdict: 'missed', missing: 1 });
	await world.trained(activity, roster.slice(800, 801), province);
	const after = await getTargetsPage(ctx, filterOf());
	expect(after.trained).toMatchObject({ share: { part: 801, whole: 1000 }, verdict: 'met', missing: 0 });
	expect(shareText(after.trained.share)).toBe('80,10%');
	expect((await listTargetPeople(ctx, filterOf({ trained: 'yes', page: '17' }))).rows).toHaveLength(1);
});

test('640 trained of 1.000 leave 161 to be trained', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 1000);
	await world.trained(await world.activity(province), roster.slice(0, 640), province);
	expect((await getTargetsPage(ctx, filterOf())).trained.missing).toBe(161);
});

test('(d) one person in three classes is one person and three attendances', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 2);
	for (let i = 0; i < 3; i++) await world.trained(await world.activity(province), roster.slice(0, 1), province);
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.trained.share).toEqual({ part: 1, whole: 2 });
	expect(page.attendances).toBe(3);
});

test('(e) the province counts people and not the mean of its units', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b] = [await world.unit('A', province), await world.unit('B', province)];
	const activity = await world.activity(province);
	await world.trained(activity, await world.people(a, 10), a);
	await world.trained(activity, (await world.people(b, 90)).slice(0, 10), b);
	const page = await getTargetsPage(ctx, filterOf());
	expect(shareText(page.trained.share)).toBe('20,00%');
	expect(page.units.map(({ code, trained }) => [code, trained.part, trained.whole])).toEqual([
		['P', 0, 0],
		['A', 10, 10],
		['B', 10, 90]
	]);
});

test('(f) a person of two categories stands in both rows and once in the total', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const both = await world.people(province, 1, ['legal_rapporteur', 'advising_official']);
	await world.trained(await world.activity(province), both, province);
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.trained.share).toEqual({ part: 1, whole: 1 });
	expect(page.categories.filter(({ share }) => share.whole === 1).map(({ code }) => code)).toEqual([
		'advising_official',
		'legal_rapporteur'
	]);
});

test('(g) seats say nothing about the share of activities', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 21);
	await world.trained(await world.activity(province, { mode: 'online_live' }), roster.slice(0, 20), province);
	await world.trained(await world.activity(province, { mode: 'in_person' }), roster.slice(20), province);
	const { online } = await getTargetsPage(ctx, filterOf());
	expect(online.share).toEqual({ part: 1, whole: 2 });
});

test('(h) a person who moved counts at the new unit, the class and its attendance stay with the old one', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [x, y] = [await world.unit('X', province), await world.unit('Y', province)];
	const [person = ''] = await world.people(x, 1);
	await world.trained(await world.activity(x, { mode: 'in_person' }), [person], x);
	await world.move(person, y, '2026-12-10');
	const cutoff = '2026-12-31';
	const [atX, atY] = [
		await getTargetsPage(ctx, filterOf({ unit: 'X', cutoff })),
		await getTargetsPage(ctx, filterOf({ unit: 'Y', cutoff }))
	];
	expect([atX.trained.share.whole, atX.online.share.whole, atX.attendances, atX.completion.whole]).toEqual([
		0, 1, 1, 1
	]);
	expect([atY.trained.share, atY.online.share.whole, atY.attendances]).toEqual([{ part: 1, whole: 1 }, 0, 0]);
	const earlier = await getTargetsPage(ctx, filterOf({ unit: 'X', cutoff: '2026-12-09' }));
	expect(earlier.trained.share).toEqual({ part: 1, whole: 1 });
});

test('who left before the cut-off leaves both sides, who joined untrained stays in the denominator', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 3);
	await world.trained(await world.activity(province), roster.slice(0, 2), province);
	await ctx.db
		.update(categoryMemberships)
		.set({ validTo: '2026-08-01' })
		.where(eq(categoryMemberships.personId, roster[0] ?? ''));
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.trained.share).toEqual({ part: 1, whole: 2 });
	expect(page.attendances).toBe(2);
	expect((await getTargetsPage(ctx, filterOf({ cutoff: '2026-07-31' }))).trained.share).toEqual({ part: 2, whole: 3 });
});

test('two rows found to be one person count once, and with the training of either', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b] = [await world.unit('A', province), await world.unit('B', province)];
	const [kept = ''] = await world.people(a, 1, ['legal_rapporteur']);
	const [merged = ''] = await world.people(b, 1, ['legal_rapporteur', 'advising_official']);
	await world.trained(await world.activity(b), [merged], b);
	await ctx.db.update(people).set({ canonicalId: kept }).where(eq(people.id, merged));
	await ctx.db.transaction((tx) => recomputeFirstCompletions(tx, { personIds: [kept, merged] }));
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.trained.share).toEqual({ part: 1, whole: 1 });
	expect(page.categories.map(({ share }) => share.whole)).toEqual([1, 1, 0]);
	expect((await getTargetsPage(ctx, filterOf({ unit: 'A' }))).trained.share).toEqual({ part: 1, whole: 1 });
	expect((await getTargetsPage(ctx, filterOf({ unit: 'B' }))).trained.share.whole).toBe(0);
	const list = await listTargetPeople(ctx, filterOf({ trained: 'yes' }));
	expect(list.rows.map(({ personId, activityId }) => [personId, activityId !== null])).toEqual([[kept, true]]);
});

test('numbers without names count up to the head count and lead to their document', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const police = await world.unit('CA', province, 'armed_forces');
	await world.aggregateRoster(police, 60);
	await world.aggregateResult(police, 40);
	await world.aggregateResult(police, 30, { completedOn: '2026-09-01', documentNo: '120/BC-CA' });
	await world.people(province, 10);
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.trained.share).toEqual({ part: 60, whole: 70 });
	expect(page.aggregate).toEqual({ part: 60, whole: 60 });
	const list = await listTargetPeople(ctx, filterOf({ trained: 'yes' }));
	expect(list.counted).toBe(60);
	expect(list.aggregates[0]?.documents).toContain('99/BC-CA ngày 05/06/2026');
});

test('an open class trains people but is no activity yet; a cancelled, external or untitled-by-document one never is', async ({
	ctx
}) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 5);
	const put = async (i: number, fields: Parameters<typeof world.activity>[1]) =>
		world.trained(await world.activity(province, fields), roster.slice(i, i + 1), province);
	await put(0, { status: 'ongoing', mode: 'online_self_paced' });
	await put(1, { status: 'cancelled' });
	await put(2, { source: 'external' });
	await put(3, { documentNo: null });
	await put(4, { kind: 'conference' });
	const page = await getTargetsPage(ctx, filterOf());
	expect(page.trained.share).toEqual({ part: 2, whole: 5 });
	expect(page.online.share.whole).toBe(0);
	expect(shareText(page.online.share)).toBe('Không phát sinh');
	expect(page.externalCount).toBe(1);
	expect(page.completion).toEqual({ part: 4, whole: 4 });
	const classes = await listClasses(ctx, filterOf());
	expect([classes.total, classes.part, classes.whole]).toEqual([4, 4, 4]);
	expect((await listSummoned(ctx, filterOf({ outcome: 'completed' }))).total).toBe(4);
});

test('the stage from 2028 begins at zero and shows the training since 2025 beside it', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const roster = await world.people(province, 4);
	await world.trained(await world.activity(province), roster.slice(0, 3), province);
	await world.trained(
		await world.activity(province, { endedOn: '2028-03-01' }),
		roster.slice(2, 4),
		province,
		'2028-03-01'
	);
	const later = { stage: '2028-2030', cutoff: '2028-06-30' };
	const page = await getTargetsPage(ctx, filterOf(later));
	expect(page.trained).toMatchObject({ share: { part: 2, whole: 4 }, verdict: 'missed', missing: 2 });
	expect(page.trainedSincePlan).toEqual({ part: 4, whole: 4 });
	expect((await listTargetPeople(ctx, filterOf({ ...later, period: 'since', trained: 'yes' }))).counted).toBe(4);
});

test('activities before the Decision of 15/4/2025 are counted and flagged', async ({ ctx }) => {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [person = ''] = await world.people(province, 1);
	await world.trained(await world.activity(province, { endedOn: '2025-04-14' }), [person], province, '2025-04-14');
	await world.trained(await world.activity(province, { endedOn: '2025-04-15' }), [person], province, '2025-04-15');
	const page = await getTargetsPage(ctx, filterOf());
	expect([page.online.share.whole, page.earlyCount]).toEqual([2, 1]);
	expect((await listTargetActivities(ctx, filterOf({ mode: 'before_decision' }))).total).toBe(1);
});
