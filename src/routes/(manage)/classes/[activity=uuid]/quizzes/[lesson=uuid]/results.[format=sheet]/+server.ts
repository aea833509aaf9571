import { quizSheet } from '#lib/server/learning/quiz-sheet.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const sheet = await quizSheet(locals.ctx, params.activity, params.lesson, locals.locale);
	return sheetAnswer(sheet, 'ket-qua-kiem-tra', params.format);
};
