import { fail, redirect } from '@sveltejs/kit';
import { QuestionInput } from '#lib/forum/input.ts';
import { listLessonQuestions } from '#lib/server/forum/lists.ts';
import { askQuestion } from '#lib/server/forum/write.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	listLessonQuestions(locals.ctx, params.participation, params.lesson);

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, QuestionInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let threadId: string;
		try {
			threadId = await askQuestion(locals.ctx, params.participation, params.lesson, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/discussions/${threadId}`);
	}
};
