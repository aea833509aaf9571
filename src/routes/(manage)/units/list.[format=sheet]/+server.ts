import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { unitSheet } from '#lib/server/organisation/unit-sheet.ts';
import { readDay } from '#lib/text/days.ts';
import type { RequestHandler } from './$types';

/** The units of a day as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const day = readDay(url.searchParams.get('day') ?? '');
	return sheetAnswer(await unitSheet(locals.ctx, day, locals.locale), 'danh-sach-don-vi', params.format);
};
