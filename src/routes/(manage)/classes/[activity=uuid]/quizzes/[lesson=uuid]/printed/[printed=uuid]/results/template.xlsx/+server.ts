import { resultTemplate } from '#lib/server/learning/paper-results.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const place = { activityId: params.activity, lessonId: params.lesson, printedId: params.printed };
	return sheetAnswer(await resultTemplate(locals.ctx, place), 'ket-qua-bai-lam-tren-giay', 'xlsx');
};
