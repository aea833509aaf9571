import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../../audit/record.ts';
import { authorise } from '../../identity/permissions.ts';
import { accounts } from '../../identity/tables.ts';
import { notify } from '../../notifications/notify.ts';
import { noteDistinct } from '../../organisation/merging/pairs.ts';
import { inScope } from '../../organisation/scope.ts';
import { units } from '../../organisation/tables.ts';
import { within, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { canonicalOf } from '../canonical-person.ts';
import { historyClaims } from '../history-tables.ts';
import { confirmCandidates } from '../list-import/confirm-candidates.ts';
import { mergeCouple } from '../merging/service.ts';
import { isOpenClaim } from './list-claims.ts';

type Claim = typeof historyClaims.$inferSelect;

/**
 * The unit confirms that its record is the claimant: the two become one person, as by a merger (which can be undone); a line
 * of a list is confirmed as that person.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `training.history_settled`, `training.own_claim`,
 * `training.history_has_account`, and those of mergers
 */
export async function confirmHistory(ctx: Context, claimId: string): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const claim = await lockClaim(ctx, tx, claimId);
		const personId = await canonicalOf(tx, claim.personId);
		if (claim.candidateId) {
			const answers = [{ candidateId: claim.candidateId, whom: personId }];
			await confirmCandidates(within(ctx, tx), { answers, categoryCode: undefined });
		} else if (claim.recordId) {
			await refuseOtherAccount(tx, claim.recordId);
			const couple = { keptId: personId, mergedId: claim.recordId, takes: [], accounts: undefined };
			await mergeCouple(ctx, tx, couple, claim.unitId);
		}
		await settle(ctx, tx, claim, { state: 'confirmed' });
	});
}

/** The unit says that its record is somebody else; the two are not shown as one again. @throws as {@link confirmHistory} */
export async function refuseHistory(
	ctx: Context,
	{ claimId, reason }: { claimId: string; reason: string }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const claim = await lockClaim(ctx, tx, claimId);
		if (claim.recordId) await noteDistinct(ctx, tx, await canonicalOf(tx, claim.personId), claim.recordId);
		await settle(ctx, tx, claim, { state: 'refused', refuseReason: reason });
	});
}

async function lockClaim(ctx: Context, tx: Database, claimId: string): Promise<Claim> {
	const [row] = await tx
		.select({ claim: historyClaims, isOpen: isOpenClaim })
		.from(historyClaims)
		.innerJoin(units, eq(units.id, historyClaims.unitId))
		.where(and(eq(historyClaims.id, claimId), inScope(units.path, authorise(ctx.actor, 'roster:manage'))))
		.for('no key update', { of: historyClaims });
	if (!row) throw new DomainError('not_found', 'training.no_claim');
	if (!row.isOpen) throw new DomainError('conflict', 'training.history_settled');
	const own = ctx.actor.kind === 'account' ? ctx.actor.personId : undefined;
	if ((await canonicalOf(tx, row.claim.personId)) === own) {
		throw new DomainError('conflict', 'training.own_claim');
	}
	return row.claim;
}

/** Two accounts of one person want a choice, which the page that compares two records asks for. */
async function refuseOtherAccount(tx: Database, recordId: string): Promise<void> {
	const owned = await tx.$count(accounts, eq(accounts.personId, recordId));
	if (owned > 0) throw new DomainError('conflict', 'training.history_has_account');
}

async function settle(
	ctx: Context,
	tx: Database,
	{ id, unitId, personId, recordId, candidateId }: Claim,
	outcome: { state: 'confirmed' | 'refused'; refuseReason?: string }
): Promise<void> {
	await tx
		.update(historyClaims)
		.set({ ...outcome, decidedBy: accountOf(ctx.actor), decidedAt: ctx.now })
		.where(eq(historyClaims.id, id));
	await notify(ctx, tx, {
		template: outcome.state === 'confirmed' ? 'training.history_confirmed' : 'training.history_refused',
		params: {},
		to: [{ personId }],
		path: outcome.state === 'confirmed' ? '/my' : '/my/history',
		key: `training.history ${id}`
	});
	await recordAudit(ctx, tx, `history_claim.${outcome.state}`, {
		...{ objectId: id, unitId, personId, ofId: recordId ?? candidateId ?? undefined, reason: outcome.refuseReason }
	});
}
