import { fail } from '@sveltejs/kit';
import { AnswerInput } from '#lib/privacy/input.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { answerDataRequest, getDataRequest } from '#lib/server/privacy/requests.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getDataRequest(locals.ctx, params.request);

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, AnswerInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await answerDataRequest(locals.ctx, params.request, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
