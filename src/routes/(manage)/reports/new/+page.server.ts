import { fail, redirect } from '@sveltejs/kit';
import { OpenPeriodInput } from '#lib/reporting/input.ts';
import { openPeriod, periodChoices } from '#lib/server/reporting/periods.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	...(await periodChoices(locals.ctx)),
	year: String(locals.ctx.now.getFullYear())
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, OpenPeriodInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let periodId: string;
		try {
			({ periodId } = await openPeriod(locals.ctx, form.data));
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/reports/${periodId}`);
	}
};
