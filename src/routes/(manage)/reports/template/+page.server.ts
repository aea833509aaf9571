import { fail } from '@sveltejs/kit';
import { TemplateInput } from '#lib/reporting/input.ts';
import { getTemplatePage, removeTemplate, uploadTemplate } from '#lib/server/reporting/templates.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => getTemplatePage(locals.ctx);

export const actions: Actions = {
	upload: async ({ locals, request }) => {
		const form = await readForm(request, TemplateInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await uploadTemplate(locals.ctx, form.data.file);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	},
	remove: async ({ locals }) => {
		try {
			await removeTemplate(locals.ctx);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	}
};
