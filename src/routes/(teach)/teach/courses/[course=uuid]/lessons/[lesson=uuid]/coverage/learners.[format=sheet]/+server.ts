import { lectureLearnersSheet } from '#lib/server/learning/lecture-learners.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	sheetAnswer(await lectureLearnersSheet(locals.ctx, params.course, params.lesson), 'muc-do-xem', params.format);
