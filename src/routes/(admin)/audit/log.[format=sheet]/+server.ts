import { readAuditFilter } from '#lib/identity/audit-input.ts';
import { auditSheet } from '#lib/server/identity/audit-sheet.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

/** The log as the page's filter leaves it, as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const sheet = await auditSheet(locals.ctx, readAuditFilter(url.searchParams), locals.locale);
	return sheetAnswer(sheet, 'nhat-ky', params.format);
};
