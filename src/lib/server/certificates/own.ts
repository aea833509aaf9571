import { and, eq, or, sql } from 'drizzle-orm';
import { certificateNumber } from '#lib/certificates/content.ts';
import { people } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { participations } from '../training/tables.ts';
import { pdfOf } from './pdf.ts';
import { certificates } from './tables.ts';

/** The actor's own certificates that stand, of all classes or of one. */
export async function listOwnCertificates(
	ctx: Context,
	participationId?: string
): Promise<{ id: string; participationId: string }[]> {
	return ctx.db
		.select({ id: certificates.id, participationId: certificates.participationId })
		.from(certificates)
		.innerJoin(participations, eq(participations.id, certificates.participationId))
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				ofOwn(ctx),
				eq(certificates.state, 'issued'),
				participationId ? eq(certificates.participationId, participationId) : undefined
			)
		);
}

/**
 * One of the actor's own certificates; a revoked one with the reason and the one that replaces it.
 * @throws {DomainError} `not_found` for anybody else's
 */
export async function getOwnCertificate(ctx: Context, certificateId: string) {
	const { content, ...found } = await findOwn(ctx, certificateId);
	if (!content) throw new DomainError('not_found', 'certificates.no_certificate');
	const [replacement] = await ctx.db
		.select({ id: certificates.id })
		.from(certificates)
		.where(eq(certificates.replacesId, certificateId));
	return {
		id: found.id,
		...{ content, number: certificateNumber(content), isRevoked: found.state === 'revoked' },
		revokeReason: found.revokeReason,
		isSigned: found.signedKey !== null,
		replacedBy: replacement?.id ?? null
	};
}

/** The PDF of one of the actor's own certificates that stands, with a file name. @throws {DomainError} `not_found` */
export async function ownPdf(ctx: Context, certificateId: string): Promise<{ body: Buffer; name: string }> {
	const found = await findOwn(ctx, certificateId);
	if (found.state !== 'issued' || !found.content) throw new DomainError('not_found', 'certificates.no_certificate');
	return { body: await pdfOf(ctx, found), name: fileName(found.content.number, found.year) };
}

/** ASCII, says what it is and nothing of whom. */
export const fileName = (number: number, year: number | null) => `giay-chung-nhan-${number}-${year ?? ''}.pdf`;

async function findOwn(ctx: Context, certificateId: string) {
	const [row] = await ctx.db
		.select({ certificate: certificates })
		.from(certificates)
		.innerJoin(participations, eq(participations.id, certificates.participationId))
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(certificates.id, certificateId), ofOwn(ctx)));
	if (!row) throw new DomainError('not_found', 'certificates.no_certificate');
	return row.certificate;
}

/** Of the actor's canonical row and of all rows merged into it. */
function ofOwn({ actor }: Context) {
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	const canonical = sql`(select coalesce(me.canonical_id, me.id) from ${people} me where me.id = ${actor.personId ?? null})`;
	return or(eq(people.id, canonical), eq(people.canonicalId, canonical));
}
