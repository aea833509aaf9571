import { fail } from '@sveltejs/kit';
import { StepInput } from '#lib/assessment/input.ts';
import { getQuestionPage } from '#lib/server/assessment/question-page.ts';
import { takeStep } from '#lib/server/assessment/question-steps.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, url }) => {
	const asked = Number(url.searchParams.get('version'));
	return getQuestionPage(locals.ctx, params.question, Number.isInteger(asked) && asked > 0 ? asked : undefined);
};

export const actions: Actions = {
	step: async ({ locals, params, request }) => {
		const form = await readForm(request, StepInput);
		if (!form.ok) return fail(400, { code: 'form.choice', params: {} });
		try {
			await takeStep(locals.ctx, params.question, form.data.step, form.data.note || undefined);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { done: form.data.step };
	}
};
