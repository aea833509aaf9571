import { fail } from '@sveltejs/kit';
import { SettleInput } from '#lib/forum/input.ts';
import { listReports } from '#lib/server/forum/lists.ts';
import { dismissReport } from '#lib/server/forum/thread-page.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => listReports(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, SettleInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await dismissReport(locals.ctx, form.data.reportId);
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
