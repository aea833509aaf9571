import { fail, redirect } from '@sveltejs/kit';
import { NoticeTextInput } from '#lib/notifications/input.ts';
import { getText, resetText, saveText } from '#lib/server/notifications/texts.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getText(locals.ctx, params.template);

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const form = await readForm(request, NoticeTextInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await saveText(locals.ctx, params.template, form.data);
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...refused, values: { ...form.data, version: String(form.data.version) } });
		}
		return { isSaved: true };
	},
	reset: async ({ locals, params }) => {
		await resetText(locals.ctx, params.template);
		redirect(303, '/messages/texts');
	}
};
