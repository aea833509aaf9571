import { readClassFilter } from '#lib/training/register-filter.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { registerSheet } from '#lib/server/training/register-sheet.ts';
import type { RequestHandler } from './$types';

/** The register as the page's filter leaves it, as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const sheet = await registerSheet(locals.ctx, readClassFilter(url.searchParams), locals.locale);
	return sheetAnswer(sheet, 'so-theo-doi-tap-huan', params.format);
};
