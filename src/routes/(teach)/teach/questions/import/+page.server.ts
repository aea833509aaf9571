import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { BringQuestionsInput } from '#lib/assessment/import-input.ts';
import { bringQuestions, listQuestionImports } from '#lib/server/assessment/import-questions.ts';
import { getChoices } from '#lib/server/assessment/question-page.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { units, topics } = await getChoices(locals.ctx);
	return { units, topics, importId: randomUUID(), earlier: await listQuestionImports(locals.ctx) };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, BringQuestionsInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let importId: string;
		try {
			({ importId } = await bringQuestions(locals.ctx, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			const { unitId, topic, text } = form.data;
			return fail(status, { ...refused, values: { unitId, topic, text } });
		}
		redirect(303, `/teach/questions/import/${importId}`);
	}
};
