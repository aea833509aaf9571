import { fail, redirect } from '@sveltejs/kit';
import { ResponseInput } from '#lib/surveys/input.ts';
import { answerForm, openForm } from '#lib/server/surveys/respond.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** A slip that was used or mistyped shows a sentence, not an error page: it happens in every class. */
export const load: PageServerLoad = async ({ locals, params }) => {
	try {
		const { title, lecturers } = await openForm(locals.ctx, params.token);
		return { title, lecturers, problem: null };
	} catch (error) {
		const [, { code }] = refusal(error);
		return { title: null, lecturers: null, problem: code };
	}
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, ResponseInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await answerForm(locals.ctx, params.token, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, '/survey?thanks');
	}
};
