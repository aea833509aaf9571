import { participantSheet } from '#lib/server/training/participant-sheet.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await participantSheet(locals.ctx, params.activity), 'danh-sach-lop', params.format);
