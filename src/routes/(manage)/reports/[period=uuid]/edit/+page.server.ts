import { fail, redirect } from '@sveltejs/kit';
import { EditPeriodInput, ReasonInput } from '#lib/reporting/input.ts';
import { editPeriod, getPeriodToEdit, voidPeriod } from '#lib/server/reporting/periods.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => getPeriodToEdit(locals.ctx, params.period);

export const actions: Actions = {
	edit: async ({ locals, request, params }) => {
		const form = await readForm(request, EditPeriodInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await editPeriod(locals.ctx, params.period, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/reports/${params.period}`);
	},
	void: async ({ locals, request, params }) => {
		const form = await readForm(request, ReasonInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await voidPeriod(locals.ctx, params.period, form.data.reason);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, '/reports');
	}
};
