import { peopleSheet } from '#lib/server/organisation/people-sheet.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { peopleFilterOf } from '../filter.ts';
import type { RequestHandler } from './$types';

/** The roster as the page's filter leaves it, as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) =>
	sheetAnswer(await peopleSheet(locals.ctx, peopleFilterOf(url), locals.locale), 'danh-sach-doi-tuong', params.format);
