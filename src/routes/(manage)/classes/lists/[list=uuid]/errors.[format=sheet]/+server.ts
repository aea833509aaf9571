import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { listErrorSheet } from '#lib/server/training/list-import/error-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await listErrorSheet(locals.ctx, params.list, locals.locale), 'dong-loi', params.format);
