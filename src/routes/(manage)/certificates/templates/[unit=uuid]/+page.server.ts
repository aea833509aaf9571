import { fail } from '@sveltejs/kit';
import { TemplateInput } from '#lib/certificates/input.ts';
import { getTemplate, saveTemplate } from '#lib/server/certificates/templates.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getTemplate(locals.ctx, params.unit);

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const form = await readForm(request, TemplateInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await saveTemplate(locals.ctx, params.unit, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	}
};
