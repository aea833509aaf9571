import { error } from '@sveltejs/kit';
import { readReportChoice } from '#lib/reporting/input.ts';
import { getReportFile, REPORT_FORMATS, type ReportFormat } from '#lib/server/reporting/reports.ts';
import type { RequestHandler } from './$types';

/** A unit's report as Word, Excel or PDF. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const format = (Object.keys(REPORT_FORMATS) as ReportFormat[]).find((known) => known === params.format);
	if (!format) error(404, { message: 'not_found' });
	const key = { periodId: params.period, unitId: params.unit };
	const { name, body } = await getReportFile(locals.ctx, key, format, readReportChoice(url.searchParams));
	return new Response(new Uint8Array(body), {
		headers: { 'content-type': REPORT_FORMATS[format], 'content-disposition': `attachment; filename="${name}"` }
	});
};
