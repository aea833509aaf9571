import { authorise } from '#lib/server/identity/permissions.ts';
import { listCategories } from '#lib/server/organisation/reference-data.ts';
import { XLSX } from '#lib/server/organisation/roster-file/error-workbook.ts';
import { rosterTemplate } from '#lib/server/organisation/roster-file/template.ts';
import { today } from '#lib/server/platform/context.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	authorise(locals.ctx.actor, 'roster:manage');
	const categories = await listCategories(locals.ctx.db, today(locals.ctx));
	const template = await rosterTemplate(categories.map(({ nameVi }) => nameVi));
	return new Response(new Uint8Array(template), {
		headers: { 'content-type': XLSX, 'content-disposition': 'attachment; filename="mau-danh-sach-doi-tuong.xlsx"' }
	});
};
