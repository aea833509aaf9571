import { fail } from '@sveltejs/kit';
import { PrintInput } from '#lib/assessment/printed-input.ts';
import { listPrintedPapers, makePrintedPaper } from '#lib/server/learning/printed-papers.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	printed: await listPrintedPapers(locals.ctx, { activityId: params.activity, lessonId: params.lesson })
});

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, PrintInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await makePrintedPaper(locals.ctx, { activityId: params.activity, lessonId: params.lesson }, form.data);
			return { isMade: true };
		} catch (error) {
			const [status, said] = refusal(error);
			const { count, shufflesQuestions, shufflesOptions } = form.data;
			const values: Record<string, string> = {
				count: String(count),
				...(shufflesQuestions && { shufflesQuestions: 'on' }),
				...(shufflesOptions && { shufflesOptions: 'on' })
			};
			return fail(status, { ...said, values });
		}
	}
};
