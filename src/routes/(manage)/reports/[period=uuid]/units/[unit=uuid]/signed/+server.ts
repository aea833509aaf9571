import { redirect } from '@sveltejs/kit';
import { signedReportUrl } from '#lib/server/reporting/signed-report.ts';
import type { RequestHandler } from './$types';

/** The report as it was signed. */
export const GET: RequestHandler = async ({ locals, params }) =>
	redirect(303, await signedReportUrl(locals.ctx, { periodId: params.period, unitId: params.unit }));
