import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { siteSheet } from '#lib/server/training/site-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await siteSheet(locals.ctx, params.activity, locals.locale), 'diem-cau', params.format);
