import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { getManaged } from './managed.ts';
import { fileName } from './own.ts';
import { ensurePdf, pdfKey, pdfOf } from './pdf.ts';
import { verifySignedPdf, type Signer } from './signature.ts';
import { certificates } from './tables.ts';

/**
 * The PDF of a certificate for those who answer for it; `original` is the one to be signed outside.
 * @throws {DomainError} `not_found` outside the actor's units, and for one that waits
 */
export async function certificatePdf(
	ctx: Context,
	certificateId: string,
	{ isOriginal }: { isOriginal: boolean }
): Promise<{ body: Buffer; name: string }> {
	const found = await getManaged(ctx.db, authorise(ctx.actor, 'certificate:read'), certificateId);
	if (!found.content) throw new DomainError('not_found', 'certificates.no_certificate');
	const body = await pdfOf(ctx, isOriginal ? { id: certificateId, signedKey: null } : found);
	return { body, name: fileName(found.content.number, found.year) };
}

/**
 * Takes in the PDF with the agency's digital signature, made outside with its own token: verified, then kept in the place
 * of the unsigned one.
 * @throws {DomainError} those of {@link verifySignedPdf}; `conflict` `certificates.not_issued`
 */
export async function addSignedPdf(ctx: Context, certificateId: string, file: File): Promise<Signer> {
	const scope = authorise(ctx.actor, 'certificate:approve');
	const found = await getManaged(ctx.db, scope, certificateId);
	if (found.state !== 'issued') throw new DomainError('conflict', 'certificates.not_issued');
	await ensurePdf(ctx, certificateId);
	const original = await buffer(await ctx.storage.get(pdfKey(certificateId)));
	const signed = await readFormFile(ctx.config, file);
	const signer = await verifySignedPdf(ctx.config, original, signed);
	const sha256 = createHash('sha256').update(signed).digest('hex');
	const signedKey = `certificates/${certificateId}/signed-${sha256.slice(0, 16)}.pdf`;
	await ctx.storage.put(signedKey, signed, { contentType: 'application/pdf' });
	await ctx.db.transaction(async (tx) => {
		const { state, organiserUnitId } = await getManaged(tx, scope, certificateId, { isLocked: true });
		if (state !== 'issued') throw new DomainError('conflict', 'certificates.not_issued');
		await tx
			.update(certificates)
			.set({
				...{ signedKey, signer, signedAt: ctx.now },
				signedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null
			})
			.where(eq(certificates.id, certificateId));
		await recordAudit(ctx, tx, 'certificate.signed', {
			objectId: certificateId,
			...{ unitId: organiserUnitId, sha256, serial: signer.serial, isTrusted: signer.isTrusted }
		});
	});
	return signer;
}
