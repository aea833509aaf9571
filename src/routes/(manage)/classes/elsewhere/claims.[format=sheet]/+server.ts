import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { claimSheet } from '#lib/server/training/elsewhere/claim-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await claimSheet(locals.ctx, locals.locale), 'tap-huan-noi-khac', params.format);
