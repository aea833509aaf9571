import { error } from '@sveltejs/kit';
import { readTargetsFilter } from '#lib/indicators/input.ts';
import { EXPORTS, exportSheet } from '#lib/server/indicators/export.ts';
import { sheetAnswer } from '#lib/server/platform/office/sheet-answer.ts';
import type { RequestHandler } from './$types';

/** The whole list behind a figure as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const name = EXPORTS.find((found) => found === params.list);
	if (!name) error(404, { message: 'not_found' });
	const sheet = await exportSheet(locals.ctx, name, readTargetsFilter(url.searchParams), locals.locale);
	return sheetAnswer(sheet, name, params.format);
};
