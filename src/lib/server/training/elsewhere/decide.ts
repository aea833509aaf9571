import { and, eq, isNull, sql } from 'drizzle-orm';
import { matchKey } from '#lib/text/fold.ts';
import { recordAudit } from '../../audit/record.ts';
import { can, covers, authorise, type Permission } from '../../identity/permissions.ts';
import { notify } from '../../notifications/notify.ts';
import { units } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { canonicalOf } from '../canonical-person.ts';
import { tellCompletions } from '../completion-events.ts';
import { externalClaims } from '../elsewhere-tables.ts';
import { insertEvidence } from '../evidence.ts';
import { recomputeFirstCompletions } from '../first-completion.ts';
import { attendedAndCompleted } from '../outcomes.ts';
import { evidenceFiles, participations, trainingActivities } from '../tables.ts';

type Claim = typeof externalClaims.$inferSelect;

/** Either may decide for the unit: its admin or its head. */
const DECIDERS: readonly Permission[] = ['training:approve', 'training:manage'];

/**
 * The unit approves: the person completed an external activity on its last day. It counts for the trained share and never
 * for the online share (domain rule 8). Claims of one class share one activity.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `training.claim_settled`, `training.own_claim`,
 * `training.claim_counted` for somebody who is on that activity already
 */
export async function approveClaim(ctx: Context, claimId: string): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const claim = await lockClaim(ctx, tx, claimId);
		const activityId = await activityOf(ctx, tx, claim);
		const personId = await canonicalOf(tx, claim.personId);
		const [created] = await tx
			.insert(participations)
			.values({
				...{ personId, activityId, unitIdThen: claim.unitId, note: 'external_claim' },
				...attendedAndCompleted(ctx, claim.endsOn)
			})
			.onConflictDoNothing()
			.returning({ id: participations.id });
		if (!created) throw new DomainError('conflict', 'training.claim_counted');
		await proveBy(ctx, tx, activityId, claim);
		await settle(ctx, tx, claim, { state: 'approved', participationId: created.id });
		await recomputeFirstCompletions(tx, { personIds: [personId] });
		await tellCompletions(ctx, tx, 'participation.completed', [created.id]);
	});
}

/** The unit refuses, with the reason, which the person reads. @throws {DomainError} as {@link approveClaim} */
export async function refuseClaim(
	ctx: Context,
	{ claimId, reason }: { claimId: string; reason: string }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const claim = await lockClaim(ctx, tx, claimId);
		await settle(ctx, tx, claim, { state: 'refused', refuseReason: reason });
	});
}

/** A claim the actor may decide: of the actor's units, waiting, and neither about nor by the actor. */
async function lockClaim(ctx: Context, tx: Database, claimId: string): Promise<Claim> {
	const [row] = await tx
		.select({ claim: externalClaims, path: units.path })
		.from(externalClaims)
		.innerJoin(units, eq(units.id, externalClaims.unitId))
		.where(eq(externalClaims.id, claimId))
		.for('no key update', { of: externalClaims });
	if (!row || !mayDecide(ctx, row.path)) throw new DomainError('not_found', 'training.no_claim');
	const { claim } = row;
	if (claim.state !== 'waiting') throw new DomainError('conflict', 'training.claim_settled');
	const { actor } = ctx;
	const isOwn = actor.kind === 'account' && (actor.personId === claim.personId || actor.accountId === claim.claimedBy);
	if (isOwn) throw new DomainError('conflict', 'training.own_claim');
	return claim;
}

function mayDecide({ actor }: Context, path: string): boolean {
	return DECIDERS.some((permission) => can(actor, permission) && covers(authorise(actor, permission), path));
}

/** The unit's record of that class elsewhere: the one it has, or a new one. */
async function activityOf(ctx: Context, tx: Database, claim: Claim): Promise<string> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`elsewhere ${claim.unitId}`}, 0))`);
	const { unitId, startsOn, endsOn } = claim;
	const known = await tx
		.select({ id: trainingActivities.id, title: trainingActivities.title, host: trainingActivities.externalHost })
		.from(trainingActivities)
		.where(
			and(
				eq(trainingActivities.source, 'external'),
				eq(trainingActivities.organiserUnitId, unitId),
				eq(trainingActivities.startsOn, startsOn),
				eq(trainingActivities.endedOn, endsOn),
				eq(trainingActivities.status, 'ended')
			)
		);
	const isSame = ({ title, host }: { title: string; host: string | null }) =>
		matchKey(title) === matchKey(claim.title) && matchKey(host ?? '') === matchKey(claim.host);
	const same = known.find(isSame);
	if (same) return same.id;
	const [created] = await tx
		.insert(trainingActivities)
		.values({
			...{ source: 'external' as const, organiserUnitId: unitId, externalHost: claim.host, title: claim.title },
			...{ kind: claim.kind, topics: claim.topics, mode: claim.mode, teachingPeriods: claim.teachingPeriods },
			...{ startsOn, dueOn: endsOn, endedOn: endsOn, status: 'ended' as const, createdBy: accountOf(ctx.actor) },
			...{ documentNo: claim.documentNo, documentDate: claim.documentDate },
			// Rule 1 asks for a document or for whoever approved; here the unit has.
			approver: ctx.actor.kind === 'account' ? ctx.actor.displayName : 'Đơn vị quản lý'
		})
		.returning({ id: trainingActivities.id });
	if (!created) throw new Error('the activity was not written');
	return created.id;
}

/** The person's paper stands with the activity; a file two people handed in stands once. */
async function proveBy(ctx: Context, tx: Database, activityId: string, claim: Claim): Promise<void> {
	const sha256 = claim.evidenceSha256;
	const isThere = and(
		eq(evidenceFiles.activityId, activityId),
		eq(evidenceFiles.sha256, sha256),
		isNull(evidenceFiles.voidedAt)
	);
	if ((await tx.$count(evidenceFiles, isThere)) > 0) return;
	await insertEvidence(ctx, tx, activityId, claim.unitId, 'result', {
		...{ name: claim.evidenceName, contentType: claim.evidenceContentType, sizeBytes: claim.evidenceSizeBytes },
		...{ sha256, storageKey: claim.evidenceKey }
	});
}

type Outcome = Partial<Claim> & { state: 'approved' | 'refused' };

async function settle(ctx: Context, tx: Database, claim: Claim, outcome: Outcome): Promise<void> {
	await tx
		.update(externalClaims)
		.set({ ...outcome, decidedBy: accountOf(ctx.actor), decidedAt: ctx.now })
		.where(eq(externalClaims.id, claim.id));
	await notify(ctx, tx, {
		template: outcome.state === 'approved' ? 'training.claim_approved' : 'training.claim_refused',
		params: { className: claim.title, host: claim.host },
		to: [{ personId: claim.personId }],
		path: '/my/elsewhere',
		key: `training.claim ${claim.id}`
	});
	await recordAudit(ctx, tx, `external_claim.${outcome.state}`, {
		...{ objectId: claim.id, unitId: claim.unitId, personId: claim.personId },
		...{ participationId: outcome.participationId, reason: outcome.refuseReason }
	});
}
