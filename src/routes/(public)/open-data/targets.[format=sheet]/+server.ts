import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { openFigures } from '#lib/server/sharing/open-data.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await openFigures(locals.ctx), 'chi-tieu-tap-huan', params.format);
