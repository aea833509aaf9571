import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import { listTargetPeople } from '#lib/server/indicators/list-people.ts';
import { listClasses, listSummoned } from '#lib/server/indicators/list-summoned.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { changeStage } from '#lib/server/indicators/edit-settings.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { DELIVERY_MODES } from '#lib/training/activity.ts';
import { filterOf, indicatorWorld } from '../support/indicator-world.ts';
import { test } from '../support/test.ts';

const UNITS = ['P', 'A', 'B', 'A1', 'A2'];
const CATEGORIES = ['advising_official', 'legal_rapporteur', 'legal_propagandist'];
const DAYS = ['2025-03-01', '2025-04-15', '2025-12-31', '2026-01-01', '2026-05-12', '2026-05-20', '2026-11-20'];

const unit = fc.integer({ min: 0, max: UNITS.length - 1 });
const day = fc.constantFrom(...DAYS, '2024-12-15');
const person = fc.record({
	unit,
	categories: fc.subarray([...CATEGORIES, 'mediator'], { minLength: 0 }),
	movesTo: fc.option(fc.record({ unit, on: fc.constantFrom('2025-06-01', '2026-06-01') })),
	/** Index of another person this row is the same as. */
	sameAs: fc.option(fc.nat(9), { freq: 5 })
});
const activity = fc.record({
	unit,
	mode: fc.constantFrom(...DELIVERY_MODES),
	day,
	status: fc.constantFrom(
		'ended' as const,
		'ended' as const,
		'ended' as const,
		'ongoing' as const,
		'cancelled' as const
	),
	source: fc.constantFrom('own' as const, 'own' as const, 'own' as const, 'external' as const),
	attendees: fc.array(
		fc.record({ person: fc.nat(9), isCompleted: fc.boolean(), after: fc.constantFrom(0, 0, 3, 40) }),
		{ maxLength: 6 }
	)
});
const worlds = fc.record({
	people: fc.array(person, { minLength: 10, maxLength: 10 }),
	activities: fc.array(activity, { minLength: 1, maxLength: 6 }),
	headcount: fc.nat(20),
	trainedInNumbers: fc.nat(30)
});

type World = typeof worlds extends fc.Arbitrary<infer W> ? W : never;

async function build(ctx: Context, { people, activities, headcount, trainedInNumbers }: World): Promise<void> {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [a, b] = [await world.unit('A', province), await world.unit('B', province)];
	const units = [province, a, b, await world.unit('A1', a), await world.unit('A2', a)];
	const at = (i: number) => units[i] ?? province;
	const ids: string[] = [];
	for (const { unit, categories, movesTo } of people) {
		const [id = ''] = await world.people(at(unit), 1, categories);
		ids.push(id);
		if (movesTo) await world.move(id, at(movesTo.unit), movesTo.on);
	}
	for (const { unit, attendees, day, ...fields } of activities) {
		const id = await world.activity(at(unit), {
			...fields,
			endedOn: fields.status === 'ended' ? day : null,
			startsOn: day,
			dueOn: day
		});
		const seen = new Set<number>();
		for (const { person, isCompleted, after } of attendees) {
			if (seen.has(person)) continue;
			seen.add(person);
			const unitThen = at(people[person]?.unit ?? 0);
			await world.trained(id, [ids[person] ?? ''], unitThen, isCompleted ? daysAfter(day, after) : null, {
				summonedOn: day,
				attendedOn: day
			});
		}
	}
	for (const [i, { sameAs }] of people.entries()) {
		if (sameAs === null || sameAs >= i || people[sameAs]?.sameAs !== null) continue;
		await ctx.db.execute(sql`update person set canonical_id = ${ids[sameAs]} where id = ${ids[i]}`);
		await world.recompute([ids[i] ?? '', ids[sameAs] ?? '']);
	}
	await world.aggregateRoster(b, headcount);
	await world.aggregateResult(b, trainedInNumbers);
}

const daysAfter = (day: string, days: number) =>
	new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Every figure of a page against the length of the list it opens. */
async function expectFiguresToBeTheirLists(ctx: Context, params: Record<string, string>): Promise<void> {
	const page = await getTargetsPage(ctx, filterOf(params));
	const people = async (more: Record<string, string>) =>
		(await listTargetPeople(ctx, filterOf({ ...params, ...more }))).counted;
	const activities = async (more: Record<string, string>) => {
		const list = await listTargetActivities(ctx, filterOf({ ...params, ...more }));
		expect(list.rows).toHaveLength(Math.min(50, list.total));
		return list.total;
	};
	const summoned = async (more: Record<string, string>) =>
		(await listSummoned(ctx, filterOf({ ...params, ...more }))).total;
	const { share } = page.trained;
	expect([await people({}), await people({ trained: 'yes' }), await people({ trained: 'no' })]).toEqual([
		share.whole,
		share.part,
		share.whole - share.part
	]);
	expect([await activities({}), await activities({ mode: 'counted' }), await activities({ mode: 'hybrid' })]).toEqual([
		page.online.share.whole,
		page.online.share.part,
		page.hybridCount
	]);
	expect([await activities({ mode: 'external' }), await activities({ mode: 'before_decision' })]).toEqual([
		page.externalCount,
		page.earlyCount
	]);
	expect([await summoned({}), await summoned({ outcome: 'completed' })]).toEqual([
		page.completion.whole,
		page.completion.part
	]);
	const classes = await listClasses(ctx, filterOf(params));
	expect([classes.whole, classes.part]).toEqual([page.completion.whole, page.completion.part]);
	for (const { code, share: own } of page.categories)
		expect([await people({ category: code }), await people({ category: code, trained: 'yes' })]).toEqual([
			own.whole,
			own.part
		]);
	for (const line of page.units) {
		const place: Record<string, string> = { unit: line.code, ...(line.isDirect && { direct: '1' }) };
		expect([await people(place), await people({ ...place, trained: 'yes' })]).toEqual([
			line.trained.whole,
			line.trained.part
		]);
		expect([await activities(place), await activities({ ...place, mode: 'counted' })]).toEqual([
			line.online.whole,
			line.online.part
		]);
	}
	const sum = (pick: (line: (typeof page.units)[number]) => number) =>
		page.units.reduce((total, line) => total + pick(line), 0);
	if (page.units.length > 0) {
		expect(sum(({ trained }) => trained.whole)).toBe(share.whole);
		expect(sum(({ online }) => online.whole)).toBe(page.online.share.whole);
	}
	expect(page.trend.at(-1)).toMatchObject({ trained: share, online: page.online.share });
}

test('whatever the roster and the activities, a figure equals the length of the list behind it', async ({ ctx }) => {
	await fc.assert(
		fc.asyncProperty(
			worlds,
			fc.constantFrom(...DAYS),
			fc.constantFrom('P', 'A', 'B'),
			fc.constantFrom('', '2026'),
			async (made, cutoff, code, period) => {
				await emptied(ctx);
				await build(ctx, made);
				await expectFiguresToBeTheirLists(ctx, { unit: code, cutoff, period });
			}
		),
		{ numRuns: 12 }
	);
}, 300_000);

test('a stage that begins within a year counts from the participations what the derived rows would say', async ({
	ctx
}) => {
	await fc.assert(
		fc.asyncProperty(worlds, fc.constantFrom(...DAYS), async (made, cutoff) => {
			await emptied(ctx);
			await build(ctx, made);
			const derived = await getTargetsPage(ctx, filterOf({ cutoff }));
			await changeStage(ctx, {
				code: '2025-2027',
				startsOn: '2024-12-31', // nothing happened on that day, so only the way of counting differs
				endsOn: '2027-12-31',
				seenStartsOn: '2025-01-01',
				seenEndsOn: '2027-12-31'
			});
			const direct = await getTargetsPage(ctx, filterOf({ cutoff }));
			expect(direct.selection.window.from).toBe('2024-12-31');
			expect(direct.trained.share).toEqual(derived.trained.share);
			expect(direct.categories).toEqual(derived.categories);
			await expectFiguresToBeTheirLists(ctx, { cutoff });
			expect(direct.units.map(({ trained }) => trained)).toEqual(derived.units.map(({ trained }) => trained));
		}),
		{ numRuns: 8 }
	);
}, 300_000);

/** A world to begin anew with. Frozen reports refuse to be emptied, which is not what is tested here. */
async function emptied(ctx: Context): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`alter table report_snapshot disable trigger report_snapshot_unchanged`);
		await tx.execute(sql`truncate unit, person, training_activity, category, target, target_stage cascade`);
		await tx.execute(sql`alter table report_snapshot enable trigger report_snapshot_unchanged`);
	});
}
