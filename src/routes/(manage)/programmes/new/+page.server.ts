import { fail, redirect } from '@sveltejs/kit';
import { NewProgrammeInput } from '#lib/catalogue/programme-input.ts';
import { addProgramme, getProgrammeChoices } from '#lib/server/catalogue/programmes.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getProgrammeChoices(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, NewProgrammeInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let programmeId: string;
		try {
			programmeId = await addProgramme(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/programmes/${programmeId}`);
	}
};
