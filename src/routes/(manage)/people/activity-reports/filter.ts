import { SELF_REPORT_STATES } from '#lib/reporting/self-report.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { yearOf, type SelfReportFilter } from '#lib/server/reporting/self-reports/of-unit.ts';

/** What the address asks the list for. */
export function selfReportFilterOf(ctx: Context, { searchParams }: URL): SelfReportFilter {
	const state = SELF_REPORT_STATES.find((known) => known === searchParams.get('state'));
	const page = Number(searchParams.get('page')) || 1;
	return { year: yearOf(ctx, searchParams.get('year')), page, ...(state && { state }) };
}
