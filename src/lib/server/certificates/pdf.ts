import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { checkPath, type CertificateContent } from '#lib/certificates/content.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { drawCertificates, type CertificatePage } from './draw.ts';
import { certificates } from './tables.ts';

type Certificate = typeof certificates.$inferSelect;

/** Where a certificate's PDF lies: as it was made, never overwritten with other content. */
export const pdfKey = (certificateId: string) => `certificates/${certificateId}/certificate.pdf`;

/**
 * Draws and stores a certificate's PDF where that has not been done. Safe to run twice: the same content gives the same
 * bytes.
 * @throws {DomainError} `not_found` for a certificate that waits
 */
export async function ensurePdf(ctx: Context, certificateId: string): Promise<void> {
	const [row] = await ctx.db.select().from(certificates).where(eq(certificates.id, certificateId));
	if (!row?.content) throw new DomainError('not_found', 'certificates.no_certificate');
	if (row.pdfSha256) return;
	const pdf = await drawCertificates([await pageOf(ctx, row.content)]);
	await ctx.storage.put(pdfKey(certificateId), pdf, { contentType: 'application/pdf' });
	const pdfSha256 = createHash('sha256').update(pdf).digest('hex');
	await ctx.db.update(certificates).set({ pdfSha256 }).where(eq(certificates.id, certificateId));
}

/** The file to hand out: the one the agency signed where there is one. */
export async function pdfOf(ctx: Context, certificate: Pick<Certificate, 'id' | 'signedKey'>): Promise<Buffer> {
	if (!certificate.signedKey) await ensurePdf(ctx, certificate.id);
	return buffer(await ctx.storage.get(certificate.signedKey ?? pdfKey(certificate.id)));
}

/** Logos are few and small: each is read once per drawing. */
export async function pagesOf(ctx: Context, contents: readonly CertificateContent[]): Promise<CertificatePage[]> {
	const keys = [...new Set(contents.map(({ design }) => design.logoKey).filter((key) => typeof key === 'string'))];
	const logos = new Map<string, Buffer>();
	for (const key of keys) logos.set(key, await buffer(await ctx.storage.get(key)));
	return contents.map((content) => ({
		content,
		checkUrl: checkUrl(ctx, content.code),
		...(content.design.logoKey && { logo: logos.get(content.design.logoKey) })
	}));
}

async function pageOf(ctx: Context, content: CertificateContent): Promise<CertificatePage> {
	const [page] = await pagesOf(ctx, [content]);
	return page!;
}

/** The address of the public check page, as the QR code has it. */
function checkUrl({ config }: Pick<Context, 'config'>, code: string): string {
	return `${config.origin ?? `http://localhost:${config.port}`}${checkPath(code)}`;
}
