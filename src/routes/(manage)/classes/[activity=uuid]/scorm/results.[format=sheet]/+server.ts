import { scormSheet } from '#lib/server/learning/scorm-sheet.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await scormSheet(locals.ctx, params.activity), 'ket-qua-scorm', params.format);
