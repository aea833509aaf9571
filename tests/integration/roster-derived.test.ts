import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { addMembership, affiliate, endMembership, leaveUnit } from '#lib/server/organisation/affiliations.ts';
import { rosterSegments } from '#lib/server/organisation/roster-tables.ts';
import { categoryMemberships } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { mergePeople, undoMerger } from '#lib/server/training/merging/service.ts';
import { reorganise, undoReorganisation } from '#lib/server/training/reorganisation/service.ts';
import { expectSegmentsToHold } from '../support/roster-segments.ts';
import { at, test } from '../support/test.ts';
import { aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const CATEGORIES = ['advising_official', 'legal_rapporteur', 'legal_propagandist', 'mediator'];
const DOINGS = ['move', 'move', 'leave', 'join', 'join', 'end', 'merge', 'merge', 'undo', 'void', 'add'] as const;

const STEP = fc.record({
	do: fc.constantFrom(...DOINGS),
	a: fc.nat(7),
	b: fc.nat(7),
	day: fc.constantFrom('2025-03-01', '2025-12-31', '2026-02-01', '2026-05-01', '2026-11-19')
});

type Step = typeof STEP extends fc.Arbitrary<infer S> ? S : never;
type World = { units: readonly TestUnit[]; people: string[]; mergers: string[] };

test(
	'after any history the segments of the roster say what its dated rows say',
	{ timeout: 240_000 },
	async ({ ctx }) => {
		const { province: _, ...units } = await aProvince(ctx);
		const world: World = { units: Object.values(units), people: [], mergers: [] };
		for (let i = 0; i < 8; i++) world.people.push(await aPerson(ctx, world.units[i % 3]!, `Người số ${'abcdefgh'[i]}`));
		await fc.assert(
			fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 25 }), async (steps) => {
				const world: World = { units: Object.values(units), people: [], mergers: [] };
				for (const i of [0, 1, 2, 3, 4, 5]) world.people.push(await aPerson(ctx, world.units[i % 3]!, `Người số ${i}`));
				for (const step of steps) await take(ctx, step, world);
				await expectSegmentsToHold(ctx.db);
			}),
			{ numRuns: 30, seed: 2026, endOnFailure: true }
		);
	}
);

/** One step of a history; refusals by a rule are part of it. */
async function take(ctx: Context, { do: doing, a, b, day }: Step, { units, people, mergers }: World): Promise<void> {
	const personId = people[a % people.length]!;
	try {
		switch (doing) {
			case 'move':
				return await affiliate(ctx, { personId, unitId: units[b % units.length]!.id, validFrom: day });
			case 'leave':
				return await leaveUnit(ctx, { personId, from: day, reason: 'retired' });
			case 'join':
				return void (await addMembership(ctx, {
					personId,
					categoryCode: CATEGORIES[b % CATEGORIES.length]!,
					validFrom: day
				}));
			case 'end': {
				const rows = await ctx.db.select().from(categoryMemberships);
				const row = rows[(a * 8 + b) % rows.length];
				if (row)
					await endMembership(ctx, { membershipId: row.id, personId: row.personId, from: day, reason: 'own_wish' });
				return;
			}
			case 'merge': {
				const input = { keptId: personId, mergedId: people[b % people.length]!, takes: [], accounts: undefined };
				if (input.keptId !== input.mergedId) mergers.push((await mergePeople(ctx, input)).mergerId);
				return;
			}
			case 'undo': {
				const last = mergers.pop();
				if (last) await undoMerger(ctx, last);
				return;
			}
			case 'void':
				return void (await ctx.db.execute(sql`update person set voided_at = ${b % 2 ? ctx.now.toISOString() : null}
					where id = ${people[b % people.length]!}`));
			case 'add':
				if (people.length < 16)
					people.push(await aPerson(ctx, units[b % units.length]!, `Người thêm ${people.length}`));
		}
	} catch (error) {
		if (!(error instanceof Error) || error.name !== 'DomainError') throw error;
	}
}

test('units arranged anew and back again move the segments with the people', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	for (const [i, unit] of [commune, otherCommune, commune].entries()) await aPerson(ctx, unit, `Người số ${'abc'[i]}`);
	const before = await ctx.db.select().from(rosterSegments);
	const now = at(ctx, '2026-11-20T08:00:00+07:00');
	const { reorganisationId } = await reorganise(now, {
		plan: { kind: 'merger', sourceIds: [otherCommune.id], taker: { unitId: commune.id } },
		effectiveOn: '2026-07-01',
		documentNo: '1658/NQ-UBTVQH15',
		documentDate: '2026-06-16'
	});
	await expectSegmentsToHold(ctx.db);
	const open = (await ctx.db.select().from(rosterSegments)).filter(({ validTo }) => validTo === null);
	expect(open.map(({ unitId }) => unitId)).toEqual([commune.id, commune.id, commune.id]);
	await undoReorganisation(now, reorganisationId);
	await expectSegmentsToHold(ctx.db);
	expect(await ctx.db.select().from(rosterSegments)).toEqual(expect.arrayContaining(before));
});

test('changes of one person at once all reach the segments', async ({ ctx }) => {
	const { commune, otherCommune } = await aProvince(ctx);
	const [kept, merged] = [await aPerson(ctx, commune), await aPerson(ctx, otherCommune, 'Trần Thị Bình')];
	await Promise.all([
		mergePeople(ctx, { keptId: kept, mergedId: merged, takes: [], accounts: undefined }),
		...CATEGORIES.slice(0, 2).flatMap((categoryCode) =>
			[kept, merged].map((personId) =>
				ctx.db.insert(categoryMemberships).values({ personId, categoryCode, validFrom: '2026-05-01' })
			)
		)
	]);
	await expectSegmentsToHold(ctx.db);
});
