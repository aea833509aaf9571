import { eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { addGrant, createAccount } from '#lib/server/identity/accounts.ts';
import { affiliate } from '#lib/server/organisation/affiliations.ts';
import { setAggregateRoster } from '#lib/server/organisation/aggregates.ts';
import { getUnit, listUnits, unitOf } from '#lib/server/organisation/queries.ts';
import { EVERYTHING } from '#lib/server/identity/permissions.ts';
import { createUnit } from '#lib/server/organisation/units.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { participations, trainingActivities } from '#lib/server/training/tables.ts';
import {
	cancelReorganisation,
	carryOutDuePlans,
	listReorganisations,
	previewReorganisation,
	reorganise,
	undoReorganisation
} from '#lib/server/training/reorganisation/service.ts';
import { summon } from '#lib/server/training/summon.ts';
import type { ReorganisationPlan } from '#lib/organisation/reorganisation.ts';
import { as, at, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince, aUnit, type TestUnit } from '../support/training-world.ts';

const ON = '2026-07-01';
const DAY = '2026-11-20';
const code = (value: string) => expect.objectContaining({ code: value });
const order = (plan: ReorganisationPlan, effectiveOn = ON) => ({
	plan,
	effectiveOn,
	documentNo: '1658/NQ-UBTVQH15',
	documentDate: '2026-06-16'
});
const newCommune = (parent: TestUnit) => ({
	...{ code: 'MH-MOI', name: 'Xã Minh Hà', shortName: undefined },
	...{ type: 'commune' as const, parentId: parent.id }
});

/** Everything a reorganisation may change, as the database holds it. */
async function dump(ctx: Context): Promise<unknown> {
	const tables: Record<string, unknown> = {};
	for (const name of ['unit_version', 'unit_succession', 'affiliation', 'role_grant', 'aggregate_roster']) {
		tables[name] = await ctx.db.execute(sql`select to_jsonb(t) as row from ${sql.identifier(name)} t order by id`);
	}
	tables.unit = await ctx.db.execute(sql`select id, code, path::text from unit order by id`);
	tables.class = await ctx.db.execute(sql`select id, organiser_unit_id from training_activity order by id`);
	tables.part = await ctx.db.execute(sql`select id, unit_id_then from participation order by id`);
	return tables;
}

/** Two communes with a person, an admin and a running class each, and an office below the first. */
async function twoCommunes(ctx: Context) {
	const { province, department, commune, otherCommune } = await aProvince(ctx);
	const office = await createUnit(ctx, {
		...{ parentId: commune.id, code: 'VP', name: 'Văn phòng xã Yên Lâm', shortName: undefined },
		...{ type: 'commune_office', givesAggregates: false, validFrom: '2026-08-01' }
	});
	const people = [await aPerson(ctx, commune, 'Lê Thị Hoa'), await aPerson(ctx, otherCommune, 'Trần Văn Đức')];
	const late = await aPerson(ctx, commune, 'Đỗ Văn Muộn', { validFrom: '2026-09-01' });
	const [personId = ''] = people;
	const { accountId } = await createAccount(ctx, ctx.db, { displayName: 'Lê Thị Hoa', personId, username: 'hoa' });
	for (const unit of [commune, otherCommune]) {
		await addGrant(at(ctx, '2026-01-05T08:00:00+07:00'), ctx.db, { accountId, role: 'unit_admin', unitId: unit.id });
	}
	const running = await aClass(ctx, commune);
	const past = await aClass(ctx, commune, { startsOn: '2026-03-01', dueOn: '2026-03-02' });
	await ctx.db
		.update(trainingActivities)
		.set({ status: 'ended', endedOn: '2026-03-02' })
		.where(eq(trainingActivities.id, past));
	const summoned = { activityId: running, personIds: [...people, late] };
	await summon(ctx, summoned as Parameters<typeof summon>[1]);
	return { province, department, commune, otherCommune, office, people, late, accountId, running, past };
}

describe('a merger', () => {
	test('shows what moves and changes nothing, moves it all at once, and is taken back whole', async ({ ctx }) => {
		const world = await twoCommunes(ctx);
		const { province, commune, otherCommune, people, late, running, past } = world;
		const plan = order({
			kind: 'merger',
			sourceIds: [commune.id, otherCommune.id],
			taker: newCommune(province)
		});
		const before = await dump(ctx);
		const preview = await previewReorganisation(ctx, plan);
		expect(await dump(ctx)).toEqual(before);
		expect(preview.counts).toEqual({
			...{ ended: 2, created: 1, moved: 1, people: 3, leavers: 0, roles: 2, classes: 1 },
			participations: 3
		});
		expect(preview.people.map(({ fullName, from, to }) => [fullName, from, to])).toEqual([
			['Trần Văn Đức', 'Phường Đông Hà', 'Xã Minh Hà'],
			['Lê Thị Hoa', 'Xã Yên Lâm', 'Xã Minh Hà'],
			['Đỗ Văn Muộn', 'Xã Yên Lâm', 'Xã Minh Hà']
		]);
		expect(preview.roles.map(({ holder, from, to }) => [holder, from, to])).toEqual([
			['Lê Thị Hoa', 'Xã Yên Lâm', 'Xã Minh Hà'],
			['Lê Thị Hoa', 'Phường Đông Hà', 'Xã Minh Hà']
		]);

		await expect(reorganise(ctx, { ...plan, effectiveOn: '2026-07-02' }, preview.digest)).rejects.toEqual(
			code('organisation.preview_again')
		);
		const { reorganisationId } = await reorganise(ctx, plan, preview.digest);
		const present = await listUnits(ctx.db, EVERYTHING, { day: DAY });
		const merged = present.find((unit) => unit.code === 'MH-MOI');
		expect(present.map(({ id }) => id)).not.toContain(commune.id);
		expect(present.find(({ code: one }) => one === 'VP')?.parentId).toBe(merged?.id);
		for (const person of people) {
			expect(await unitOf(ctx.db, person, '2026-06-30')).not.toBe(merged?.id);
			expect(await unitOf(ctx.db, person, ON)).toBe(merged?.id);
		}
		expect(await unitOf(ctx.db, late, '2026-09-01')).toBe(merged?.id);
		const organiserOf = async (id: string) =>
			(await ctx.db.select().from(trainingActivities).where(eq(trainingActivities.id, id)))[0]?.organiserUnitId;
		expect([await organiserOf(running), await organiserOf(past)]).toEqual([merged?.id, commune.id]);
		const then = await ctx.db.select({ unitId: participations.unitIdThen }).from(participations);
		expect(new Set(then.map(({ unitId }) => unitId))).toEqual(new Set([merged?.id]));
		const roles = await ctx.db.execute(sql`select role from role_grant where valid_to is null`);
		expect(roles).toHaveLength(1); // both rights became one
		expect((await getUnit(ctx.db, EVERYTHING, commune.id)).path).toBe(
			`${merged?.path}.${commune.path.split('.').at(-1)}`
		);
		expect(await listReorganisations(ctx)).toMatchObject([
			{ state: 'done', isUndoable: true, from: ['Xã Yên Lâm', 'Phường Đông Hà'], to: ['Xã Minh Hà'] }
		]);

		await undoReorganisation(ctx, reorganisationId);
		expect(await dump(ctx)).toEqual(before);
		await expect(undoReorganisation(ctx, reorganisationId)).rejects.toEqual(
			code('organisation.reorganisation_not_undoable')
		);
	});

	test('into a unit that goes on may rename it, and stays once something was built on it', async ({ ctx }) => {
		const { commune, otherCommune, department, people } = await twoCommunes(ctx);
		const plan: ReorganisationPlan = {
			kind: 'merger',
			sourceIds: [commune.id],
			taker: { unitId: otherCommune.id },
			renamed: { name: 'Phường Đông Yên' }
		};
		const { reorganisationId } = await reorganise(ctx, order(plan));
		const { name, type } = await getUnit(ctx.db, EVERYTHING, otherCommune.id);
		expect([name, type]).toEqual(['Phường Đông Yên', 'commune']);
		const [moved = ''] = people;
		await affiliate(ctx, { personId: moved, unitId: department.id, validFrom: DAY });
		await expect(undoReorganisation(ctx, reorganisationId)).rejects.toMatchObject({
			code: 'organisation.reorganisation_in_use',
			params: { n: 1 }
		});
		await expect(reorganise(ctx, order(plan))).rejects.toEqual(code('organisation.unit_closed'));
	});

	test('of units without names adds their numbers up under its document', async ({ ctx }) => {
		const { province, commune } = await aProvince(ctx);
		const police = [
			await aUnit(ctx, { name: 'Công an huyện A', parent: province, givesAggregates: true }),
			await aUnit(ctx, { name: 'Công an huyện B', parent: province, givesAggregates: true })
		] as const;
		for (const [i, { id: unitId }] of police.entries()) {
			await setAggregateRoster(ctx, {
				...{ unitId, categoryCode: 'advising_official', headcount: 10 + i, documentNo: '1/BC' },
				...{ documentDate: '2026-01-01', validFrom: '2026-01-01' }
			});
		}
		const [one, other] = police;
		const into = (unitId: string): ReorganisationPlan => ({ kind: 'merger', sourceIds: [one.id], taker: { unitId } });
		await expect(reorganise(ctx, order(into(commune.id)))).rejects.toEqual(code('organisation.names_and_numbers'));
		const before = await dump(ctx);
		const { reorganisationId } = await reorganise(ctx, order(into(other.id)));
		const rows = await ctx.db.execute(sql`select unit_id, headcount, document_no from aggregate_roster
			where valid_to is null`);
		expect([...rows]).toEqual([{ unit_id: other.id, headcount: 21, document_no: '1658/NQ-UBTVQH15' }]);
		await undoReorganisation(ctx, reorganisationId);
		expect(await dump(ctx)).toEqual(before);
	});
});

test('a split passes the named people on; a closure leaves people without a unit and lifts what stands below', async ({
	ctx
}) => {
	const { province, commune, office, people, late } = await twoCommunes(ctx);
	const [first = ''] = people;
	const before = await dump(ctx);
	const takers = [newCommune(province)];
	const apart = await reorganise(
		ctx,
		order({ kind: 'split', sourceId: commune.id, takers, isSourceGoingOn: true, people: { [late]: 0 } })
	);
	const made = (await listUnits(ctx.db, EVERYTHING, { text: 'MH-MOI' }))[0];
	expect([await unitOf(ctx.db, first, DAY), await unitOf(ctx.db, late, DAY)]).toEqual([commune.id, made?.id]);
	await undoReorganisation(ctx, apart.reorganisationId);
	expect(await dump(ctx)).toEqual(before);

	const closure: ReorganisationPlan = { kind: 'closure', unitIds: [commune.id] };
	await expect(reorganise(ctx, order(closure))).rejects.toMatchObject({
		code: 'organisation.people_after_closure',
		params: { n: 1 }
	});
	const preview = await previewReorganisation(ctx, order(closure, '2026-11-01'));
	expect(preview.counts).toMatchObject({ ended: 1, leavers: 2, roles: 1, classes: 1, moved: 1 });
	await reorganise(ctx, order(closure, '2026-11-01'));
	expect(await unitOf(ctx.db, first, DAY)).toBeUndefined();
	expect((await getUnit(ctx.db, EVERYTHING, office.unitId)).parentId).toBe(province.id);
});

test('units move with all below them, never below themselves, and only the province arranges', async ({ ctx }) => {
	const { province, department, commune, otherCommune } = await aProvince(ctx);
	const below = await aUnit(ctx, { name: 'Đội', parent: commune });
	const move = (unitId: string, parentId: string): ReorganisationPlan => ({
		kind: 'move',
		unitIds: [unitId],
		parentId
	});
	await reorganise(ctx, order(move(commune.id, department.id)));
	const { path } = await getUnit(ctx.db, EVERYTHING, below.id);
	expect(path.startsWith(`${department.path}.`)).toBe(true);
	await expect(reorganise(ctx, order(move(department.id, below.id)))).rejects.toEqual(
		code('organisation.unit_below_itself')
	);
	await expect(reorganise(ctx, order({ kind: 'closure', unitIds: [province.id] }))).rejects.toEqual(
		code('organisation.root_stays')
	);
	const admin = as(ctx, anActor('unit_admin', otherCommune));
	await expect(previewReorganisation(admin, order(move(otherCommune.id, department.id)))).rejects.toEqual(
		code('identity.not_permitted')
	);
});

test('a plan waits for its day, is carried out then, and says so when it no longer fits', async ({ ctx }) => {
	const { commune, otherCommune, department } = await aProvince(ctx);
	const person = await aPerson(ctx, commune);
	const merge = (from: TestUnit, to: TestUnit): ReorganisationPlan => ({
		kind: 'merger',
		sourceIds: [from.id],
		taker: { unitId: to.id }
	});
	const { reorganisationId } = await reorganise(ctx, order(merge(commune, otherCommune), '2027-01-01'));
	await reorganise(ctx, order(merge(otherCommune, commune), '2027-01-01'));
	const dropped = await reorganise(ctx, order(merge(department, commune), '2027-01-01'));
	await cancelReorganisation(ctx, dropped.reorganisationId);
	await carryOutDuePlans(ctx);
	expect(await unitOf(ctx.db, person, DAY)).toBe(commune.id);
	const later = at(ctx, '2027-01-01T00:05:00+07:00');
	await carryOutDuePlans(later);
	expect([await unitOf(ctx.db, person, '2026-12-31'), await unitOf(ctx.db, person, '2027-01-01')]).toEqual([
		commune.id,
		otherCommune.id
	]);
	const states = (await listReorganisations(ctx)).map(({ state, failureCode }) => [state, failureCode]);
	expect(states).toEqual([
		['cancelled', null],
		['failed', 'organisation.unit_closed'],
		['done', null]
	]);
	await undoReorganisation(later, reorganisationId);
	expect(await unitOf(ctx.db, person, '2027-01-01')).toBe(commune.id);
});
