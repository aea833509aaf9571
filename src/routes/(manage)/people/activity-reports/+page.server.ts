import { fail } from '@sveltejs/kit';
import { refusal } from '#lib/server/platform/forms.ts';
import { listSelfReports, remindOfSelfReports, yearOf } from '#lib/server/reporting/self-reports/of-unit.ts';
import { selfReportFilterOf } from './filter.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = selfReportFilterOf(locals.ctx, url);
	return { filter, ...(await listSelfReports(locals.ctx, filter)) };
};

export const actions: Actions = {
	remind: async ({ locals, url }) => {
		try {
			return await remindOfSelfReports(locals.ctx, yearOf(locals.ctx, url.searchParams.get('year')));
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
