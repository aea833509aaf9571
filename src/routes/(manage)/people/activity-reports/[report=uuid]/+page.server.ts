import { fail } from '@sveltejs/kit';
import { ReturnSelfReportInput } from '#lib/reporting/self-report.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { decideSelfReport, getSelfReport } from '#lib/server/reporting/self-reports/of-unit.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getSelfReport(locals.ctx, params.report);

export const actions: Actions = {
	accept: async ({ locals, params }) => {
		try {
			await decideSelfReport(locals.ctx, params.report, { state: 'accepted' });
			return { did: 'accepted' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	return: async ({ locals, params, request }) => {
		const form = await readForm(request, ReturnSelfReportInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await decideSelfReport(locals.ctx, params.report, { state: 'returned', ...form.data });
			return { did: 'returned' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
