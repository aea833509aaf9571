import { sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { createAccount } from '#lib/server/identity/accounts.ts';
import type { Actor } from '#lib/server/identity/actor.ts';
import { listMergers } from '#lib/server/organisation/merging/compare.ts';
import { countLikelyPairs } from '#lib/server/organisation/merging/pairs.ts';
import { affiliate } from '#lib/server/organisation/affiliations.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { completeParticipation } from '#lib/server/training/completion.ts';
import { answerOffer, countOwnOffers, getOwnHistory } from '#lib/server/training/history/claim.ts';
import { confirmHistory, refuseHistory } from '#lib/server/training/history/decide.ts';
import { countHistoryClaims, listHistoryClaims } from '#lib/server/training/history/list-claims.ts';
import { rosterCandidates } from '#lib/server/training/list-import-tables.ts';
import { undoMerger } from '#lib/server/training/merging/service.ts';
import { summon } from '#lib/server/training/summon.ts';
import { as, test } from '../support/test.ts';
import { aClass, anActor, aPerson, aProvince, type TestUnit } from '../support/training-world.ts';

const code = (value: string) => expect.objectContaining({ code: value });

/** Lan learned in one commune by a list, moved to another one and got a new record and an account there. */
async function aNewcomer(ctx: Context) {
	const world = await aProvince(ctx);
	const { province, commune, otherCommune } = world;
	const old = await aPerson(ctx, otherCommune, 'NGUYỄN THỊ LAN', {
		birth: { birthDate: '1980-03-05', birthYear: 1980 }
	});
	const activityId = await aClass(ctx, province);
	await summon(ctx, { activityId, personIds: [old] });
	const [part] = await ctx.db.execute<{ id: string }>(sql`select id from participation where person_id = ${old}`);
	const participationId = part?.id ?? '';
	await ctx.db.transaction((tx) => completeParticipation(ctx, tx, participationId, '2026-11-10'));
	const personId = await aPerson(ctx, commune, 'Nguyễn Thị Lan', { birth: { birthYear: 1980 } });
	return { ...world, old, personId, activityId, lan: await signedIn(ctx, personId) };
}

async function signedIn(ctx: Context, personId: string): Promise<Context> {
	const username = `u${personId.slice(0, 8)}`;
	const { accountId } = await createAccount(ctx, ctx.db, { username, personId, displayName: username });
	return as(ctx, { kind: 'account', accountId, personId, displayName: 'Lan', grants: [] } as Actor);
}

const admin = (ctx: Context, unit: TestUnit) => as(ctx, anActor('unit_admin', unit));
const firsts = (ctx: Context) => ctx.db.execute(sql`select person_id from first_completion`);

describe('a training history from before the account', () => {
	test('is offered, claimed, confirmed by the unit that has the record, and counts once; an undo takes it back', async ({
		ctx
	}) => {
		const { old, personId, lan, commune, otherCommune } = await aNewcomer(ctx);
		expect((await getOwnHistory(lan)).offers).toEqual([
			{
				...{ kind: 'record', id: old, unitId: otherCommune.id, unitName: otherCommune.name },
				classes: [expect.objectContaining({ isCompleted: true })]
			}
		]);
		await answerOffer(lan, { kind: 'record', id: old, answer: 'mine' });
		expect(await countOwnOffers(lan)).toBe(0);
		await expect(answerOffer(lan, { kind: 'record', id: old, answer: 'mine' })).rejects.toEqual(
			code('training.history_not_offered')
		);

		expect(await listHistoryClaims(admin(ctx, commune))).toEqual([]);
		const [claim] = await listHistoryClaims(admin(ctx, otherCommune));
		expect(claim).toMatchObject({
			...{ claimantId: personId, recordId: old, isOwn: false, isComparable: false, isPhoneSame: false },
			claimant: { fullName: 'Nguyễn Thị Lan', birthYear: 1980, unitName: commune.name },
			record: { fullName: 'NGUYỄN THỊ LAN', birthDate: '1980-03-05', unitName: otherCommune.name }
		});
		await expect(confirmHistory(admin(ctx, commune), claim!.id)).rejects.toEqual(code('training.no_claim'));
		const herself = as(ctx, { ...anActor('unit_admin', otherCommune), personId } as Actor);
		await expect(confirmHistory(herself, claim!.id)).rejects.toEqual(code('training.own_claim'));

		await confirmHistory(admin(ctx, otherCommune), claim!.id);
		expect([...(await firsts(ctx))]).toEqual([{ person_id: personId }]);
		expect((await getOwnHistory(lan)).claims).toMatchObject([{ state: 'confirmed', unitName: otherCommune.name }]);
		expect(await countHistoryClaims(admin(ctx, otherCommune))).toBe(0);
		await expect(confirmHistory(admin(ctx, otherCommune), claim!.id)).rejects.toEqual(code('training.history_settled'));
		const told = await ctx.db.execute(sql`select template from notification order by template`);
		expect(told.map(({ template }) => template)).toContain('training.history_confirmed');

		const [merger] = await listMergers(ctx);
		await undoMerger(ctx, merger!.id);
		expect([...(await firsts(ctx))]).toEqual([{ person_id: old }]);
		expect((await getOwnHistory(lan)).claims).toMatchObject([{ state: 'refused' }]);
	});

	test('refused by the unit it is noted as two people; the person reads why', async ({ ctx }) => {
		const { old, lan, otherCommune } = await aNewcomer(ctx);
		expect(await countLikelyPairs(ctx)).toBe(1);
		await answerOffer(lan, { kind: 'record', id: old, answer: 'mine' });
		const [claim] = await listHistoryClaims(admin(ctx, otherCommune));
		await refuseHistory(admin(ctx, otherCommune), { claimId: claim!.id, reason: 'Người này còn công tác tại xã' });
		const { offers, claims } = await getOwnHistory(lan);
		expect([offers, claims]).toEqual([
			[],
			[expect.objectContaining({ state: 'refused', refuseReason: 'Người này còn công tác tại xã' })]
		]);
		expect(await countLikelyPairs(ctx)).toBe(0);
	});

	test('answered with no, it is not offered again and nobody is asked', async ({ ctx }) => {
		const { old, lan, otherCommune } = await aNewcomer(ctx);
		await answerOffer(lan, { kind: 'record', id: old, answer: 'not_mine' });
		expect(await getOwnHistory(lan)).toEqual({ offers: [], claims: [] });
		expect(await listHistoryClaims(admin(ctx, otherCommune))).toEqual([]);
	});

	test('is not offered of others: another birth, another number, an account, no classes', async ({ ctx }) => {
		const { province, commune, otherCommune, old, lan, personId } = await aNewcomer(ctx);
		const withClass = async (more: object, name = 'Nguyễn Thị Lan') => {
			const id = await aPerson(ctx, otherCommune, name, more);
			await summon(ctx, { activityId: await aClass(ctx, province), personIds: [id] });
			return id;
		};
		await withClass({ birth: { birthYear: 1981 } });
		await withClass({}); // neither birth nor telephone
		await withClass({ birth: { birthYear: 1980 } }, 'Nguyễn Thị Làn');
		await aPerson(ctx, commune, 'Nguyễn Thị Lan', { birth: { birthYear: 1980 } }); // no classes
		await signedIn(ctx, await withClass({ birth: { birthYear: 1980 } }));
		expect((await getOwnHistory(lan)).offers.map(({ id }) => id)).toEqual([old]);
		await ctx.db.execute(sql`update person set personal_number_hmac = decode('01','hex') where id = ${old}`);
		await ctx.db.execute(sql`update person set personal_number_hmac = decode('02','hex') where id = ${personId}`);
		expect((await getOwnHistory(lan)).offers.map(({ id }) => id)).not.toContain(old);
	});

	test('a record that got an account meanwhile, and a move to a third unit', async ({ ctx }) => {
		const { old, lan, otherCommune, department, personId } = await aNewcomer(ctx);
		await answerOffer(lan, { kind: 'record', id: old, answer: 'mine' });
		const [claim] = await listHistoryClaims(admin(ctx, otherCommune));
		await signedIn(ctx, old);
		await expect(confirmHistory(admin(ctx, otherCommune), claim!.id)).rejects.toEqual(
			code('training.history_has_account')
		);
		await affiliate(ctx, { personId, unitId: department.id, validFrom: '2026-11-19' });
		expect((await listHistoryClaims(admin(ctx, otherCommune)))[0]?.claimant.unitName).toBe(department.name);
	});

	test('a line of a list that waits for the own unit is confirmed as the person', async ({ ctx }) => {
		const { commune, province, personId, lan } = await aNewcomer(ctx);
		const activityId = await aClass(ctx, province, { title: 'Lớp theo danh sách' });
		const [candidate] = await ctx.db
			.insert(rosterCandidates)
			.values({
				...{ activityId, unitId: commune.id, stage: 'nominate' as const },
				...{ fullName: 'Nguyễn thị Lan', searchName: 'nguyen thi lan', birthYear: 1980 }
			})
			.returning({ id: rosterCandidates.id });
		const [offer] = (await getOwnHistory(lan)).offers.filter(({ kind }) => kind === 'candidate');
		expect(offer).toMatchObject({ id: candidate!.id, classes: [{ title: 'Lớp theo danh sách' }] });
		await answerOffer(lan, { kind: 'candidate', id: candidate!.id, answer: 'mine' });
		const [claim] = await listHistoryClaims(admin(ctx, commune));
		expect(claim).toMatchObject({ recordId: null, isComparable: false });
		await confirmHistory(admin(ctx, commune), claim!.id);
		const rows = await ctx.db.execute(
			sql`select 1 from participation where activity_id = ${activityId} and person_id = ${personId}`
		);
		expect(rows).toHaveLength(1);
		expect((await getOwnHistory(lan)).claims).toMatchObject([{ state: 'confirmed' }]);
	});
});
