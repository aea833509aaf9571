import { fail } from '@sveltejs/kit';
import { readTaking } from '#lib/assessment/import-input.ts';
import { getQuestionImport, takeQuestions } from '#lib/server/assessment/import-questions.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => getQuestionImport(locals.ctx, params.import);

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		try {
			return { taken: await takeQuestions(locals.ctx, params.import, readTaking(await request.formData())) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
