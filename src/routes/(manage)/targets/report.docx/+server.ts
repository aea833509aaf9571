import { readTargetsFilter } from '#lib/indicators/input.ts';
import { targetsDocument } from '#lib/server/indicators/document.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import { getSite } from '#lib/server/indicators/site.ts';
import type { RequestHandler } from './$types';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The targets page as a Word document in the form of an administrative document. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const [page, site] = await Promise.all([
		getTargetsPage(locals.ctx, readTargetsFilter(url.searchParams)),
		getSite(locals.ctx.db)
	]);
	const body = new Uint8Array(await targetsDocument(page, site));
	const name = `chi-tieu-${page.selection.unit.code}-${page.selection.window.to}.docx`;
	return new Response(body, {
		headers: { 'content-type': DOCX, 'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"` }
	});
};
