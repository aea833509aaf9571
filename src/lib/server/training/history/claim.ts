import { desc, eq, or, sql } from 'drizzle-orm';
import type { HistoryAnswerInput, HistoryClaimState } from '#lib/training/history-input.ts';
import { recordAudit } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { people, units } from '../../organisation/tables.ts';
import { listRoleHolders, listUnitAdmins } from '../../organisation/unit-admins.ts';
import { today, within, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { ownPerson } from '../elsewhere/claim.ts';
import { historyClaims } from '../history-tables.ts';
import { listOffers } from './offers.ts';

/** What may be the person's own history, and what they said of earlier offers, newest first. */
export async function getOwnHistory(ctx: Context) {
	const personId = ownPerson(ctx);
	const [offers, claims] = await Promise.all([
		listOffers(ctx, personId),
		ctx.db
			.select({
				id: historyClaims.id,
				state: stateNow,
				refuseReason: historyClaims.refuseReason,
				recordedAt: historyClaims.recordedAt,
				unitName: sql<string>`(select v.name from unit_version v where v.unit_id = ${units.id} order by v.valid_from desc limit 1)`
			})
			.from(historyClaims)
			.innerJoin(units, eq(units.id, historyClaims.unitId))
			.innerJoin(people, eq(people.id, historyClaims.personId))
			.where(or(eq(people.id, personId), eq(people.canonicalId, personId)))
			.orderBy(desc(historyClaims.recordedAt))
	]);
	return { offers, claims: claims.filter(({ state }) => state !== 'not_mine') };
}

/** How many offers wait for the answer of the person behind the account; 0 for accounts without a person. */
export async function countOwnOffers(ctx: Context): Promise<number> {
	const personId = ctx.actor.kind === 'account' ? ctx.actor.personId : undefined;
	return personId ? (await listOffers(ctx, personId)).length : 0;
}

/** What became of a claim, also where the record was merged, struck off or the line settled without it. */
const stateNow = sql<HistoryClaimState>`case
	when ${historyClaims.state} in ('not_mine', 'refused') then ${historyClaims.state}
	when ${historyClaims.recordId} is not null then (select case
		when r.canonical_id = coalesce(${people.canonicalId}, ${people.id}) then 'confirmed'
		when r.canonical_id is not null or r.voided_at is not null or ${historyClaims.state} = 'confirmed' then 'refused'
		else 'waiting' end from person r where r.id = ${historyClaims.recordId})
	else (select case c.state when 'waiting' then 'waiting' when 'confirmed' then case
		when c.person_id in (${people.id}, ${people.canonicalId}) then 'confirmed' else 'refused' end
		else 'refused' end from roster_candidate c where c.id = ${historyClaims.candidateId}) end`;

/**
 * The person says whether what was offered is their own. A claim waits for the unit that the record belongs to, which is
 * told; whoever says "no" is not asked again.
 * @throws {DomainError} `conflict` `training.history_not_offered` for anything that {@link listOffers} does not name now
 */
export async function answerOffer(ctx: Context, { kind, id, answer }: HistoryAnswerInput): Promise<void> {
	const personId = ownPerson(ctx);
	await ctx.db.transaction(async (tx) => {
		await tx.select({ id: people.id }).from(people).where(eq(people.id, personId)).for('no key update');
		const offers = await listOffers(within(ctx, tx), personId);
		const offer = offers.find((one) => one.kind === kind && one.id === id);
		if (!offer) throw new DomainError('conflict', 'training.history_not_offered');
		const { unitId } = offer;
		const [claim] = await tx
			.insert(historyClaims)
			.values({
				...{ personId, unitId, state: answer === 'mine' ? ('waiting' as const) : ('not_mine' as const) },
				...(kind === 'record' ? { recordId: id } : { candidateId: id })
			})
			.returning({ id: historyClaims.id });
		if (!claim) throw new Error('the claim was not written');
		if (answer === 'mine') await tellDeciders(ctx, tx, claim.id, unitId);
		await recordAudit(ctx, tx, answer === 'mine' ? 'history_claim.made' : 'history_claim.disowned', {
			...{ objectId: claim.id, unitId, personId, kind, ofId: id }
		});
	});
}

/** The unit's admins, or the province's where the person is the only one. */
async function tellDeciders(ctx: Context, tx: Database, claimId: string, unitId: string): Promise<void> {
	const day = today(ctx);
	const own = accountOf(ctx.actor);
	const admins = (await listUnitAdmins(tx, unitId, day)).filter(({ accountId }) => accountId !== own);
	await notify(ctx, tx, {
		template: 'training.history_waiting',
		params: {},
		to: admins.length > 0 ? admins : await listRoleHolders(tx, 'province_admin', unitId, day),
		path: '/people/claims',
		key: `training.history_waiting ${claimId}`
	});
}
