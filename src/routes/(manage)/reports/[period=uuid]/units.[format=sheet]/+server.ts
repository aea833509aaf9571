import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { roundSheet } from '#lib/server/reporting/round-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await roundSheet(locals.ctx, params.period, locals.locale), 'tinh-hinh-gui-bao-cao', params.format);
