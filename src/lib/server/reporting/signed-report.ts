import { createHash, randomUUID } from 'node:crypto';
import { tidy } from '#lib/text/fold.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { reportPlace, type ReportKey } from './access.ts';
import { findReport } from './report-rows.ts';

/**
 * Stores a signed report.
 * @throws {DomainError} `invalid` `form.file_type` for anything but a PDF, those of {@link readFormFile}
 */
export async function storeSignedReport(ctx: Context, file: File) {
	const body = await readFormFile(ctx.config, file);
	if (body.subarray(0, 5).toString('latin1') !== '%PDF-') throw new DomainError('invalid', 'form.file_type');
	const signedKey = `reports/${randomUUID()}.pdf`;
	await ctx.storage.put(signedKey, body, { contentType: 'application/pdf' });
	return {
		signedKey,
		signedName: tidy(file.name).slice(0, 200) || 'bao-cao.pdf',
		signedSha256: createHash('sha256').update(body).digest('hex')
	};
}

/**
 * An address that shows the signed report for a few minutes.
 * @throws {DomainError} `not_found`
 */
export async function signedReportUrl(ctx: Context, key: ReportKey): Promise<string> {
	await reportPlace(ctx, 'report:read', key);
	const report = await findReport(ctx.db, key);
	if (!report?.signedKey) throw new DomainError('not_found', 'reporting.not_signed');
	return ctx.storage.signedUrl(report.signedKey, { expiresInS: 300, contentType: 'application/pdf' });
}
