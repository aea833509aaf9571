import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { createAccount } from '#lib/server/identity/accounts.ts';
import { createSession, findSession } from '#lib/server/identity/sessions.ts';
import { affiliate } from '#lib/server/organisation/affiliations.ts';
import { comparePeople, listMergers } from '#lib/server/organisation/merging/compare.ts';
import { countLikelyPairs, listLikelyPairs, markDistinct } from '#lib/server/organisation/merging/pairs.ts';
import { readPersonalNumberOf } from '#lib/server/organisation/people.ts';
import { getPersonPage } from '#lib/server/organisation/people-pages.ts';
import { rosterAsOf } from '#lib/server/organisation/queries.ts';
import { openServices } from '#lib/server/platform/services.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { mergePeople, undoMerger } from '#lib/server/training/merging/service.ts';
import { completeParticipation } from '#lib/server/training/completion.ts';
import { summon } from '#lib/server/training/summon.ts';
import { expectSegmentsToHold } from '../support/roster-segments.ts';
import { as, at, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince } from '../support/training-world.ts';

const DAY = '2026-11-20';
const code = (value: string) => expect.objectContaining({ code: value });

async function dump(ctx: Context): Promise<unknown> {
	await expectSegmentsToHold(ctx.db);
	const tables: Record<string, unknown> = {};
	for (const name of ['affiliation', 'category_membership', 'account', 'participation']) {
		tables[name] = await ctx.db.execute(sql`select to_jsonb(t) as row from ${sql.identifier(name)} t order by id`);
	}
	tables.first = await ctx.db.execute(sql`select * from first_completion order by 1, 2`);
	tables.person = await ctx.db.execute(sql`select to_jsonb(t) - 'version' as row from person t order by id`);
	return tables;
}

/** One person on the roster twice: here with a number and a class completed, there with a telephone and the same class. */
async function aDoubledPerson(ctx: Context) {
	const { province, commune, otherCommune } = await aProvince(ctx);
	const here = await aPerson(ctx, commune, 'Nguyễn Thị Lan', {
		...{ birth: { birthYear: 1980 }, personalNumber: '024180000001', validFrom: '2026-02-01' }
	});
	const there = await aPerson(ctx, otherCommune, 'NGUYỄN THỊ LAN', {
		...{ birth: { birthDate: '1980-03-05', birthYear: 1980 }, phone: '0912345678', categories: ['legal_rapporteur'] },
		validFrom: '2025-06-01'
	});
	const [both, only] = [await aClass(ctx, province), await aClass(ctx, province, { title: 'Lớp thứ hai' })];
	await summon(ctx, { activityId: both, personIds: [here, there] });
	await summon(ctx, { activityId: only, personIds: [there] });
	const part = async (person: string, activity: string) => {
		const [row] = await ctx.db.execute<{ id: string }>(
			sql`select id from participation where person_id = ${person} and activity_id = ${activity}`
		);
		return row?.id ?? '';
	};
	for (const [activity, day] of [
		[both, '2026-11-10'],
		[only, '2026-11-05']
	] as const) {
		const participationId = await part(there, activity);
		await ctx.db.transaction((tx) => completeParticipation(ctx, tx, participationId, day));
	}
	return { province, commune, otherCommune, here, there, both, only };
}

describe('two rows of one person', () => {
	test('are found, compared and made one, counted once, and made two again', async ({ ctx }) => {
		const { here, there, commune, otherCommune } = await aDoubledPerson(ctx);
		const { pairs } = await listLikelyPairs(ctx, {});
		expect(pairs.map(({ one, other, reason }) => [new Set([one.id, other.id]), reason])).toEqual([
			[new Set([here, there]), 'name_and_birth_year']
		]);
		const compared = await comparePeople(ctx, [there, here]);
		expect([compared.one.person.id, compared.one.personalNumber, compared.other.completed]).toEqual([
			here,
			'024*****0001',
			2
		]);
		const before = await dump(ctx);
		const { mergerId } = await mergePeople(ctx, {
			keptId: here,
			mergedId: there,
			takes: ['birth'],
			accounts: undefined
		});
		await expectSegmentsToHold(ctx.db);

		const roster = await rosterAsOf(ctx.db, { day: DAY });
		expect(roster.map(({ personId, categories, phone, unitId }) => [personId, categories, phone, unitId])).toEqual([
			[here, ['legal_propagandist', 'legal_rapporteur'], '0912345678', commune.id]
		]);
		const { person, affiliations } = await getPersonPage(ctx, here);
		expect([person.fullName, person.birthDate]).toEqual(['Nguyễn Thị Lan', '1980-03-05']);
		expect(affiliations.map(({ unitId, validFrom, validTo }) => [unitId, validFrom, validTo])).toEqual([
			[commune.id, '2026-02-01', null],
			[otherCommune.id, '2025-06-01', '2026-02-01']
		]);
		expect((await getPersonPage(ctx, there)).person.id).toBe(here);
		const firsts = await ctx.db.execute(sql`select person_id, completed_on::text from first_completion`);
		expect([...firsts]).toEqual([{ person_id: here, completed_on: '2026-11-05' }]);
		const live = await ctx.db.execute(sql`select 1 from participation where voided_at is null`);
		expect(live).toHaveLength(2); // once in each class, the entry that was completed
		expect(await countLikelyPairs(ctx)).toBe(0);
		await expect(mergePeople(ctx, { keptId: here, mergedId: there, takes: [], accounts: undefined })).rejects.toEqual(
			code('organisation.person_not_found')
		);

		expect(await listMergers(ctx)).toMatchObject([{ id: mergerId, keptId: here, mergedName: 'NGUYỄN THỊ LAN' }]);
		expect(await undoMerger(ctx, mergerId)).toEqual({ left: 0 });
		expect(await dump(ctx)).toEqual(before);
		await expect(undoMerger(ctx, mergerId)).rejects.toEqual(code('organisation.merger_undone'));
	});

	test('merged further are taken apart in the reverse order; what was entered since stays with the kept one', async ({
		ctx
	}) => {
		const { here, there, province, commune, otherCommune } = await aDoubledPerson(ctx);
		const third = await aPerson(ctx, otherCommune, 'Nguyễn Thị Lan');
		const merge = (keptId: string, mergedId: string) =>
			mergePeople(ctx, { keptId, mergedId, takes: [], accounts: undefined });
		const first = await merge(here, there);
		const second = await merge(third, here);
		const pointers = await ctx.db.execute(sql`select 1 from person where canonical_id = ${third}`);
		expect(pointers).toHaveLength(2);
		expect(await readPersonalNumberOf(ctx, third)).toBe('024180000001');
		await expect(undoMerger(ctx, first.mergerId)).rejects.toEqual(code('organisation.undo_later_merger_first'));
		await affiliate(ctx, { personId: third, unitId: province.id, validFrom: DAY });
		await undoMerger(ctx, second.mergerId);
		await undoMerger(ctx, first.mergerId);
		const units = (await rosterAsOf(ctx.db, { day: DAY })).map(({ personId, unitId }) => [personId, unitId]);
		expect(new Map(units as [string, string][])).toEqual(
			new Map([
				[here, commune.id],
				[there, otherCommune.id],
				[third, province.id]
			])
		);
		expect(await readPersonalNumberOf(ctx, third)).toBeUndefined();
	});

	test('are two people when somebody says so, or when their numbers differ; strangers’ are nobody’s business', async ({
		ctx
	}) => {
		const { here, there, commune } = await aDoubledPerson(ctx);
		await markDistinct(ctx, { oneId: there, otherId: here });
		expect(await countLikelyPairs(ctx)).toBe(0);
		const another = await aPerson(ctx, commune, 'Nguyễn Thị Lan', { personalNumber: '024180000002' });
		await expect(mergePeople(ctx, { keptId: here, mergedId: another, takes: [], accounts: undefined })).rejects.toEqual(
			code('organisation.numbers_differ')
		);
		const admin = as(ctx, anActor('unit_admin', commune));
		await expect(mergePeople(admin, { keptId: here, mergedId: there, takes: [], accounts: undefined })).rejects.toEqual(
			code('organisation.person_not_found')
		);
		expect(await countLikelyPairs(admin)).toBe(0);
	});
});

test('accounts of both go on as one person, or one is closed, and an undo parts them again', async ({
	ctx,
	config
}) => {
	const { here, there } = await aDoubledPerson(ctx);
	const account = (personId: string, username: string) =>
		createAccount(ctx, ctx.db, { personId, username, displayName: username, password: 'mot-mat-khau-dai' });
	const [lan, lan2] = [await account(here, 'lan'), await account(there, 'lan2')];
	const services = await openServices({ workers: false, max: 1, config });
	const actsAs = async (accountId: string) => {
		const { token } = await createSession(ctx.db, { accountId, isSharedMachine: false, now: ctx.now });
		return (await findSession(services.pool.sql, token, ctx.now))?.actor.personId;
	};
	try {
		const merge = { keptId: here, mergedId: there, takes: [] };
		await expect(mergePeople(ctx, { ...merge, accounts: undefined })).rejects.toEqual(
			code('organisation.accounts_undecided')
		);
		const both = await mergePeople(ctx, { ...merge, accounts: 'both' });
		expect([await actsAs(lan.accountId), await actsAs(lan2.accountId)]).toEqual([here, here]);
		await undoMerger(ctx, both.mergerId);
		const before = await dump(ctx);
		const swapped = await mergePeople(at(ctx, '2026-11-21T08:00:00+07:00'), { ...merge, accounts: 'keep_merged' });
		expect([await actsAs(lan.accountId), await actsAs(lan2.accountId)]).toEqual([undefined, here]);
		await undoMerger(ctx, swapped.mergerId);
		expect(await dump(ctx)).toEqual(before);
		expect([await actsAs(lan.accountId), await actsAs(lan2.accountId)]).toEqual([here, there]);
	} finally {
		await services.close();
	}
});
