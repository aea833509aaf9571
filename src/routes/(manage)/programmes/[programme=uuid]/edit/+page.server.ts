import { fail, redirect } from '@sveltejs/kit';
import { ProgrammeInput } from '#lib/catalogue/programme-input.ts';
import {
	changeProgramme,
	getManagedProgramme,
	getProgrammeChoices,
	retireProgramme
} from '#lib/server/catalogue/programmes.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	programme: await getManagedProgramme(locals.ctx, params.programme),
	...(await getProgrammeChoices(locals.ctx))
});

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const form = await readForm(request, ProgrammeInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await changeProgramme(locals.ctx, params.programme, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/programmes/${params.programme}`);
	},
	retire: async ({ locals, params }) => {
		await retireProgramme(locals.ctx, params.programme);
		redirect(303, '/programmes');
	}
};
