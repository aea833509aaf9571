import { createHash, randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { desc, eq, isNull } from 'drizzle-orm';
import type { ReportContent } from '#lib/reporting/report-content.ts';
import { TEMPLATE_FIELDS, templateValues } from '#lib/reporting/template-fields.ts';
import { tidy } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { authoriseProvince } from './access.ts';
import { checkTemplate, fillTemplate } from './fill-template.ts';
import { sampleTemplate } from './sample-template.ts';
import { reportTemplates } from './tables.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The province's own template, and what it may name. */
export async function getTemplatePage(ctx: Context) {
	await authoriseProvince(ctx, 'report:manage');
	const template = await findTemplate(ctx.db);
	return {
		template: template && { name: template.name, recordedAt: template.recordedAt },
		fields: TEMPLATE_FIELDS
	};
}

/**
 * Takes in a template in the place of the one before; it is checked first.
 * @throws {DomainError} `forbidden`; `invalid` as in fill-template.ts, those of {@link readFormFile}
 */
export async function uploadTemplate(ctx: Context, file: File): Promise<void> {
	const province = await authoriseProvince(ctx, 'report:manage');
	const body = await readFormFile(ctx.config, file);
	checkTemplate(body);
	const storageKey = `report-templates/${randomUUID()}.docx`;
	await ctx.storage.put(storageKey, body, { contentType: DOCX });
	const sha256 = createHash('sha256').update(body).digest('hex');
	await ctx.db.transaction(async (tx) => {
		await voidCurrent(ctx, tx);
		const name = tidy(file.name).slice(0, 200) || 'mau-bao-cao.docx';
		const recordedBy = accountIdOf(ctx.actor);
		await tx.insert(reportTemplates).values({ name, storageKey, sha256, recordedBy, recordedAt: ctx.now });
		await recordAudit(ctx, tx, 'report_template.uploaded', { unitId: province.id, sha256 });
	});
}

/** Goes back to reports without a template of the province's own; the file stays. */
export async function removeTemplate(ctx: Context): Promise<void> {
	const province = await authoriseProvince(ctx, 'report:manage');
	await ctx.db.transaction(async (tx) => {
		await voidCurrent(ctx, tx);
		await recordAudit(ctx, tx, 'report_template.removed', { unitId: province.id });
	});
}

/** True where reports can be written by a template of the province's own. */
export async function hasTemplate(db: Database): Promise<boolean> {
	return (await findTemplate(db)) !== undefined;
}

/**
 * A report by the province's template.
 * @throws {DomainError} `not_found` where there is none
 */
export async function writeByTemplate(ctx: Context, content: ReportContent): Promise<Buffer> {
	const template = await findTemplate(ctx.db);
	if (!template) throw new DomainError('not_found', 'reporting.no_template');
	return fillTemplate(await buffer(await ctx.storage.get(template.storageKey)), templateValues(content));
}

async function findTemplate(db: Database) {
	const [template] = await db
		.select()
		.from(reportTemplates)
		.where(isNull(reportTemplates.voidedAt))
		.orderBy(desc(reportTemplates.recordedAt))
		.limit(1);
	return template;
}

async function voidCurrent(ctx: Context, tx: Database): Promise<void> {
	const current = await findTemplate(tx);
	if (!current) return;
	await tx.update(reportTemplates).set({ voidedAt: ctx.now }).where(eq(reportTemplates.id, current.id));
}

/** A template to begin with, for whoever may upload one. */
export async function getSampleTemplate(ctx: Context): Promise<Buffer> {
	await authoriseProvince(ctx, 'report:manage');
	return sampleTemplate();
}
