import { and, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { authorise, EVERYTHING } from '../identity/permissions.ts';
import { notify } from '../notifications/notify.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { issueCertificates, lockCompletions } from './issue.ts';
import { getManaged } from './managed.ts';
import { ensurePdf } from './pdf.ts';
import { ruleOf } from './policy.ts';
import { certificates } from './tables.ts';

/**
 * Revokes a certificate with a reason; it keeps its number in the book, and its check page says that it is not valid.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` when it is revoked already
 */
export async function revokeCertificate(ctx: Context, certificateId: string, reason: string): Promise<void> {
	const scope = authorise(ctx.actor, 'certificate:approve');
	await ctx.db.transaction(async (tx) => {
		const certificate = await getManaged(tx, scope, certificateId, { isLocked: true });
		if (certificate.state !== 'issued') throw new DomainError('conflict', 'certificates.not_issued');
		await revoke(ctx, tx, certificateId, reason);
		await recordAudit(ctx, tx, 'certificate.revoked', {
			objectId: certificateId,
			unitId: certificate.organiserUnitId,
			reason
		});
	});
}

/**
 * Cấp lại: a new certificate with a new number, drawn from what the records say today (a name put right), in the place
 * of one that is revoked with the reason.
 * @throws {DomainError} as {@link revokeCertificate}; `conflict` `certificates.no_completion` when the completion is gone
 */
export async function reissueCertificate(
	ctx: Context,
	certificateId: string,
	reason: string
): Promise<{ certificateId: string }> {
	const scope = authorise(ctx.actor, 'certificate:approve');
	const newId = await ctx.db.transaction(async (tx) => {
		const old = await getManaged(tx, scope, certificateId, { isLocked: true });
		if (old.state === 'waiting') throw new DomainError('conflict', 'certificates.not_issued');
		if (old.state === 'issued') await revoke(ctx, tx, certificateId, reason, { isQuiet: true });
		const completions = await lockCompletions(tx, [old.participationId]);
		const { template } = await ruleOf(tx, old.activityId);
		if (!template) throw new DomainError('conflict', 'certificates.no_template');
		const replaces = new Map([[old.participationId, certificateId]]);
		const [created] = await issueCertificates(ctx, tx, template, completions, replaces);
		if (!created) throw new DomainError('conflict', 'certificates.no_completion');
		await recordAudit(ctx, tx, 'certificate.reissued', {
			objectId: created,
			...{ unitId: old.organiserUnitId, replacesId: certificateId, reason }
		});
		return created;
	});
	await ensurePdf(ctx, newId);
	return { certificateId: newId };
}

/** Revokes in the caller's transaction and tells the holder, unless a new one comes at once. */
export async function revoke(
	ctx: Context,
	tx: Database,
	certificateId: string,
	reason: string,
	{ isQuiet = false } = {}
): Promise<void> {
	const [revoked] = await tx
		.update(certificates)
		.set({
			state: 'revoked',
			revokedAt: ctx.now,
			revokedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
			revokeReason: reason
		})
		.where(and(eq(certificates.id, certificateId), eq(certificates.state, 'issued')))
		.returning({ content: certificates.content });
	if (!revoked || isQuiet) return;
	const { personId } = await getManaged(tx, EVERYTHING, certificateId);
	await notify(ctx, tx, {
		template: 'certificate.revoked',
		params: { className: revoked.content?.className ?? '', reason },
		to: [{ personId }],
		path: `/my/certificates/${certificateId}`,
		key: `certificate.revoked ${certificateId}`
	});
}
