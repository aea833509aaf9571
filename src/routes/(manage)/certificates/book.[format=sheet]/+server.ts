import { bookSheet } from '#lib/server/certificates/book.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import { bookFilterOf } from '../filter.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) =>
	sheetAnswer(await bookSheet(locals.ctx, bookFilterOf(url)), 'so-cap-giay-chung-nhan', params.format);
