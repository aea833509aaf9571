import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { surveySheet } from '#lib/server/surveys/overview-sheet.ts';
import { yearOf } from '../year.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) =>
	sheetAnswer(await surveySheet(locals.ctx, yearOf(url), locals.locale), 'muc-do-hai-long', params.format);
