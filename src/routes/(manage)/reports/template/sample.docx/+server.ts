import { getSampleTemplate } from '#lib/server/reporting/templates.ts';
import { REPORT_FORMATS } from '#lib/server/reporting/reports.ts';
import type { RequestHandler } from './$types';

/** A template to begin with. */
export const GET: RequestHandler = async ({ locals }) =>
	new Response(new Uint8Array(await getSampleTemplate(locals.ctx)), {
		headers: {
			'content-type': REPORT_FORMATS.docx,
			'content-disposition': 'attachment; filename="mau-bao-cao.docx"'
		}
	});
