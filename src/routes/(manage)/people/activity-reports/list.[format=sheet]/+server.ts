import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { selfReportSheet } from '#lib/server/reporting/self-reports/sheet.ts';
import { selfReportFilterOf } from '../filter.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
	const filter = selfReportFilterOf(locals.ctx, url);
	const sheet = await selfReportSheet(locals.ctx, filter, locals.locale);
	return sheetAnswer(sheet, `bao-cao-hoat-dong-${filter.year}`, params.format);
};
