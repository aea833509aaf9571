import { error } from '@sveltejs/kit';
import { readTargetsFilter } from '#lib/indicators/input.ts';
import { EXPORTS, exportSheet } from '#lib/server/indicators/export.ts';
import { csvFile, xlsxFile } from '#lib/server/indicators/sheet-files.ts';
import type { RequestHandler } from './$types';

const TYPES = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
} as const;

/** The whole list behind a figure as a file. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const name = EXPORTS.find((found) => found === params.list);
	const format = params.format === 'xlsx' || params.format === 'csv' ? params.format : undefined;
	if (!name || !format) error(404, { message: 'not_found' });
	const sheet = await exportSheet(locals.ctx, name, readTargetsFilter(url.searchParams), locals.locale);
	const body = format === 'csv' ? csvFile(sheet) : new Uint8Array(await xlsxFile(sheet));
	return new Response(body, {
		headers: { 'content-type': TYPES[format], 'content-disposition': `attachment; filename="${name}.${format}"` }
	});
};
