import { eq } from 'drizzle-orm';
import type { ClaimInput } from '#lib/training/elsewhere-input.ts';
import { recordAudit } from '../../audit/record.ts';
import { authorise } from '../../identity/permissions.ts';
import { notify } from '../../notifications/notify.ts';
import { unitOf } from '../../organisation/queries.ts';
import { people } from '../../organisation/tables.ts';
import { listUnitAdmins } from '../../organisation/unit-admins.ts';
import { today, type Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { accountOf } from '../access.ts';
import { externalClaims } from '../elsewhere-tables.ts';
import { storeEvidence } from '../evidence.ts';
import { placesThen } from '../places.ts';

/**
 * The person behind the account claims training elsewhere.
 * @throws {DomainError} `forbidden` for accounts without a person of a unit; `invalid` for days to come or a file of
 * another kind
 */
export async function claimOwn(ctx: Context, input: ClaimInput): Promise<{ claimId: string }> {
	const personId = ownPerson(ctx);
	const unitId = await unitOf(ctx.db, personId, today(ctx));
	if (!unitId) throw new DomainError('forbidden', 'training.no_own_person');
	return insertClaim(ctx, { personId, unitId }, input);
}

/**
 * A unit claims for somebody of its people; another account than this one approves.
 * @throws {DomainError} `forbidden` `training.person_out_of_scope`; those of {@link claimOwn}
 */
export async function claimFor(ctx: Context, personId: string, input: ClaimInput): Promise<{ claimId: string }> {
	const scope = authorise(ctx.actor, 'training:manage');
	const [place] = await placesThen(ctx.db, scope, [personId], { day: today(ctx), today: today(ctx) });
	if (!place) throw new DomainError('forbidden', 'training.person_out_of_scope', { n: 1 });
	return insertClaim(ctx, { personId, unitId: place.unitIdThen }, input);
}

async function insertClaim(
	ctx: Context,
	{ personId, unitId }: { personId: string; unitId: string },
	{ file, ...input }: ClaimInput
): Promise<{ claimId: string }> {
	if (input.endsOn > today(ctx)) throw new DomainError('invalid', 'form.date_future');
	const evidence = await storeEvidence(ctx, file);
	return ctx.db.transaction(async (tx) => {
		const [claim] = await tx
			.insert(externalClaims)
			.values({
				...{ ...input, personId, unitId, claimedBy: accountOf(ctx.actor) },
				...{ evidenceName: evidence.name, evidenceContentType: evidence.contentType, evidenceKey: evidence.storageKey },
				...{ evidenceSizeBytes: evidence.sizeBytes, evidenceSha256: evidence.sha256 }
			})
			.returning({ id: externalClaims.id });
		if (!claim) throw new Error('the claim was not written');
		await notify(ctx, tx, {
			template: 'training.claim_waiting',
			params: { className: input.title, host: input.host },
			to: await listUnitAdmins(tx, unitId, today(ctx)),
			path: '/classes/elsewhere',
			key: `training.claim_waiting ${claim.id}`
		});
		await recordAudit(ctx, tx, 'external_claim.made', { objectId: claim.id, unitId, personId });
		return { claimId: claim.id };
	});
}

/** The person behind the actor's account. @throws {DomainError} `forbidden` `training.no_own_person` */
export function ownPerson(ctx: Context): string {
	const personId = ctx.actor.kind === 'account' ? ctx.actor.personId : undefined;
	if (!personId) throw new DomainError('forbidden', 'training.no_own_person');
	return personId;
}

/** Whom a unit is about to claim for; undefined where nobody was named. @throws {DomainError} `forbidden` outside the actor's units */
export async function getClaimant(ctx: Context, personId: string | undefined) {
	const scope = authorise(ctx.actor, 'training:manage');
	if (!personId) return undefined;
	await placesThen(ctx.db, scope, [personId], { day: today(ctx), today: today(ctx) });
	const [person] = await ctx.db
		.select({ id: people.id, fullName: people.fullName })
		.from(people)
		.where(eq(people.id, personId));
	if (!person) throw new DomainError('not_found', 'training.no_participation');
	return person;
}
