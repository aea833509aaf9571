import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { listStructure, placeOnStructure, structureCtes } from '#lib/server/organisation/structure.ts';
import { units, unitSuccessions, unitVersions } from '#lib/server/organisation/tables.ts';
import { placeUnits } from '#lib/server/organisation/unit-places.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { indicatorWorld, type MadeUnit } from '../support/indicator-world.ts';
import { test } from '../support/test.ts';

const LAST_DAY_OF_DISTRICTS = '2025-06-30';
const TWO_LEVELS = '2025-07-01';
const TODAY = '2026-11-20';

/**
 * The reorganisation of 1 July 2025 in small: a district D with communes A, B and E. A and B merge into the new C, E absorbs
 * F of the other district G; the districts end without a successor. Later H is made from a part of E.
 */
async function aReorganisedProvince(ctx: Context) {
	const world = indicatorWorld(ctx.db);
	const province = await world.start();
	const [D, G] = [await world.unit('D', province), await world.unit('G', province)];
	const [A, B, E] = [await world.unit('A', D), await world.unit('B', D), await world.unit('E', D)];
	const F = await world.unit('F', G);
	const [C, H] = [await world.unit('C', province), await world.unit('H', province)];
	const version = (unit: MadeUnit) => eq(unitVersions.unitId, unit.id);
	const { db } = ctx;
	await db.update(unitVersions).set({ validFrom: TWO_LEVELS }).where(version(C));
	await db.update(unitVersions).set({ validFrom: '2026-01-01' }).where(version(H));
	for (const gone of [A, B, F, D, G]) await db.update(unitVersions).set({ validTo: TWO_LEVELS }).where(version(gone));
	const [before] = await db.update(unitVersions).set({ validTo: TWO_LEVELS }).where(version(E)).returning();
	const { id: _, ...rest } = before!;
	await db
		.insert(unitVersions)
		.values({ ...rest, parentId: province.id, name: 'Xã E mới', validFrom: TWO_LEVELS, validTo: null });
	const passes = (from: MadeUnit, to: MadeUnit, onDate = TWO_LEVELS, kind: 'merger' | 'split' = 'merger') => ({
		fromUnitId: from.id,
		toUnitId: to.id,
		onDate,
		kind
	});
	await db
		.insert(unitSuccessions)
		.values([passes(A, C), passes(B, C), passes(F, E), passes(E, H, '2026-01-01', 'split')]);
	await db.transaction((tx) => placeUnits(tx));
	return { world, province, units: { A, B, C, D, E, F, G, H } };
}

/** Code of a unit → code of the unit it counts with on the day, and of the units above that one. */
async function standsAs(ctx: Context, day: string): Promise<Record<string, string>> {
	const rows = await ctx.db.execute<{ code: string; place: string }>(sql`
		with recursive ${structureCtes(day)}
		select u.code, string_agg(above.code, '/' order by nlevel(a.path)) as place
		from structure s join unit u on u.id = s.unit_id
		join structure a on s.path <@ a.path and a.unit_id = a.stands_as join unit above on above.id = a.unit_id
		group by u.code order by u.code`);
	return Object.fromEntries(rows.map(({ code, place }) => [code, place]));
}

describe('the structure of a day', () => {
	test('puts every unit where it stood, or with what carried it on', async ({ ctx }) => {
		await aReorganisedProvince(ctx);
		expect(await standsAs(ctx, LAST_DAY_OF_DISTRICTS)).toEqual({
			...{ P: 'P', D: 'P/D', G: 'P/G', A: 'P/D/A', B: 'P/D/B', E: 'P/D/E', F: 'P/G/F' },
			C: 'P/C', // of A or of B: nobody can say
			H: 'P/D/E'
		});
		expect(await standsAs(ctx, TODAY)).toEqual({
			...{ P: 'P', D: 'P/D', G: 'P/G', A: 'P/C', B: 'P/C', C: 'P/C', E: 'P/E', F: 'P/E', H: 'P/H' }
		});
		expect((await standsAs(ctx, TWO_LEVELS)).H).toBe('P/E');
	});

	test('names its lines as they were called, and says which are of another time', async ({ ctx }) => {
		await aReorganisedProvince(ctx);
		const lines = async (day: string) =>
			(await listStructure(ctx.db, day)).map(({ code, name, isLater, isPast }) => [
				code,
				name,
				...(isLater ? ['later'] : []),
				...(isPast ? ['past'] : [])
			]);
		const before = await lines(LAST_DAY_OF_DISTRICTS);
		expect(before).toContainEqual(['E', 'Đơn vị E']);
		expect(before).toContainEqual(['C', 'Đơn vị C', 'later']);
		expect(before.map(([code]) => code)).not.toContain('H');
		expect(await lines(TODAY)).toEqual([
			['P', 'Đơn vị P'],
			...[
				['C', 'Đơn vị C'],
				['D', 'Đơn vị D', 'past'],
				['G', 'Đơn vị G', 'past'],
				['H', 'Đơn vị H']
			],
			['E', 'Xã E mới']
		]);
	});

	test('gives people of a merged unit back to the unit they came from', async ({ ctx }) => {
		const { world, units: made } = await aReorganisedProvince(ctx);
		const [ofA = ''] = await world.people(made.A, 1);
		const [ofF = ''] = await world.people(made.F, 1);
		const [ofE = ''] = await world.people(made.E, 1);
		await world.move(ofA, made.C, TWO_LEVELS);
		await world.move(ofF, made.E, TWO_LEVELS);
		const [newcomer = ''] = await world.people(made.C, 1);
		await ctx.db.execute(sql`update affiliation set valid_from = '2026-02-01' where person_id = ${newcomer}`);
		const place = async (person: string) => {
			const [row] = await ctx.db.execute<{ code: string }>(sql`
				with recursive ${structureCtes(LAST_DAY_OF_DISTRICTS)}
				select u.code from affiliation f join unit u on u.id = ${placeOnStructure(LAST_DAY_OF_DISTRICTS, {
					personId: sql`f.person_id`,
					unitId: sql`f.unit_id`
				})} where f.person_id = ${person} and f.valid_to is null`);
			return row?.code;
		};
		expect([await place(ofA), await place(ofF), await place(ofE), await place(newcomer)]).toEqual(['A', 'F', 'E', 'C']);
	});
});

test('a unit that ended stands below whoever carries it on', async ({ ctx }) => {
	const { province, units: made } = await aReorganisedProvince(ctx);
	const rows = await ctx.db.select({ code: units.code, path: units.path }).from(units);
	const paths = Object.fromEntries(rows.map(({ code, path }) => [code, path]));
	const no = (unit: MadeUnit) => unit.path.split('.').at(-1);
	expect(paths).toMatchObject({
		A: `${province.path}.${no(made.C)}.${no(made.A)}`,
		F: `${province.path}.${no(made.E)}.${no(made.F)}`,
		E: `${province.path}.${no(made.E)}`,
		D: `${province.path}.${no(made.D)}`
	});
});
