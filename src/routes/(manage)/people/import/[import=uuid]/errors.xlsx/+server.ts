import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { XLSX } from '#lib/server/organisation/roster-file/error-workbook.ts';
import { getRosterImport } from '#lib/server/organisation/roster-imports.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const { errorWorkbookKey } = await getRosterImport(locals.ctx, params.import);
	if (!errorWorkbookKey) error(404);
	const body = Readable.toWeb(await locals.ctx.storage.get(errorWorkbookKey)) as ReadableStream;
	return new Response(body, {
		headers: { 'content-type': XLSX, 'content-disposition': 'attachment; filename="danh-sach-loi.xlsx"' }
	});
};
