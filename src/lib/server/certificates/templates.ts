import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import sharp from 'sharp';
import { sampleContent, type CertificateDesign } from '#lib/certificates/content.ts';
import type { CertificatePolicy, TemplateInput } from '#lib/certificates/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { getUnit, listUnits } from '../organisation/queries.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { drawCertificates } from './draw.ts';
import { pagesOf } from './pdf.ts';
import { certificateTemplates } from './tables.ts';

/** Longer side of a logo, pixels; printed at 58 points. */
const LOGO_SIDE = 400;

/** Units of the actor's, with the template each has of its own. */
export async function listTemplates(ctx: Context) {
	const all = await listUnits(ctx.db, authorise(ctx.actor, 'certificate:manage'));
	const templates = await ctx.db
		.select({
			unitId: certificateTemplates.unitId,
			policy: certificateTemplates.policy,
			issuingBody: certificateTemplates.issuingBody,
			signerName: certificateTemplates.signerName
		})
		.from(certificateTemplates);
	return all.map(({ id, name, depth }) => ({
		...{ unitId: id, name, depth },
		template: templates.find(({ unitId }) => unitId === id) ?? null
	}));
}

/**
 * A unit's template to edit: its own, or what a new one begins with.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function getTemplate(ctx: Context, unitId: string) {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'certificate:manage'), unitId);
	const [own] = await ctx.db.select().from(certificateTemplates).where(eq(certificateTemplates.unitId, unitId));
	const [site] = await ctx.db.execute<{ owner: string | null }>(
		sql`select "values"->>'owner' as owner from site_setting`
	);
	const { version = 0, policy = 'at_once' as CertificatePolicy, logoKey = null } = own ?? {};
	const fresh: CertificateDesign = {
		title: 'Giấy chứng nhận',
		governingBody: unit.depth > 1 ? (site?.owner ?? '') : '',
		issuingBody: unit.name,
		place: '',
		signerTitle: '',
		signerName: '',
		numberSuffix: 'GCN',
		completionText: 'Đã hoàn thành lớp tập huấn',
		hasNationalHeading: true,
		hasSealPlace: true
	};
	const logoUrl = logoKey && ctx.storage.signedUrl(logoKey, { expiresInS: 3600, contentType: 'image/jpeg' });
	return {
		unit: { id: unit.id, name: unit.name },
		...{ policy, version, logoUrl },
		design: own ? designOf(own) : fresh,
		today: today(ctx)
	};
}

/**
 * Saves a unit's template. Certificates that were issued keep their looks.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `form.stale`; `invalid` `form.bad_picture`
 */
export async function saveTemplate(ctx: Context, unitId: string, input: TemplateInput): Promise<void> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'certificate:manage'), unitId);
	const { version, logo, removesLogo, policy, ...design } = input;
	const stored = logo && logo.size > 0 ? await storeLogo(ctx, unitId, logo) : undefined;
	const values = {
		...{ ...design, policy },
		...((stored || removesLogo) && { logoKey: stored ?? null }),
		recordedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
		recordedAt: ctx.now
	};
	await ctx.db.transaction(async (tx) => {
		const saved =
			version === 0
				? await tx
						.insert(certificateTemplates)
						.values({ unitId, ...values })
						.onConflictDoNothing()
						.returning()
				: await tx
						.update(certificateTemplates)
						.set({ ...values, version: version + 1 })
						.where(and(eq(certificateTemplates.unitId, unitId), eq(certificateTemplates.version, version)))
						.returning();
		if (saved.length === 0) throw new DomainError('conflict', 'form.stale');
		await recordAudit(ctx, tx, 'certificate.template_saved', { objectId: unitId, unitId: unit.id, policy, ...design });
	});
}

/** A sample certificate as it would be printed, with the unit's stored logo. */
export async function previewPdf(ctx: Context, unitId: string, design: CertificateDesign): Promise<Buffer> {
	await getUnit(ctx.db, authorise(ctx.actor, 'certificate:manage'), unitId);
	const [own] = await ctx.db
		.select({ logoKey: certificateTemplates.logoKey })
		.from(certificateTemplates)
		.where(eq(certificateTemplates.unitId, unitId));
	const content = { ...sampleContent(today(ctx)), design: { ...design, logoKey: own?.logoKey ?? null } };
	return drawCertificates(await pagesOf(ctx, [content]));
}

function designOf(row: typeof certificateTemplates.$inferSelect): CertificateDesign {
	const { title, governingBody, issuingBody, place, signerTitle, signerName } = row;
	const { numberSuffix, completionText, hasNationalHeading, hasSealPlace, logoKey } = row;
	return {
		...{ title, governingBody, issuingBody, place, signerTitle, signerName },
		...{ numberSuffix, completionText, hasNationalHeading, hasSealPlace, logoKey }
	};
}

/** JPEG without transparency: pdfkit puts it into the file as it is, while a PNG would be unpacked for each certificate. */
async function storeLogo(ctx: Context, unitId: string, logo: File): Promise<string> {
	let jpeg: Buffer;
	try {
		jpeg = await sharp(Buffer.from(await logo.arrayBuffer()), { limitInputPixels: 40_000_000 })
			.rotate()
			.resize({ width: LOGO_SIDE, height: LOGO_SIDE, fit: 'inside', withoutEnlargement: true })
			.flatten({ background: '#ffffff' })
			.jpeg({ quality: 90 })
			.toBuffer();
	} catch {
		throw new DomainError('invalid', 'form.bad_picture');
	}
	const key = `certificates/logos/${unitId}/${createHash('sha256').update(jpeg).digest('hex').slice(0, 16)}.jpg`;
	await ctx.storage.put(key, jpeg, { contentType: 'image/jpeg' });
	return key;
}
