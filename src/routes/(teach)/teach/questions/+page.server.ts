import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { BulkStepInput, QuestionFilter } from '#lib/assessment/input.ts';
import { listTopics } from '#lib/server/assessment/citations.ts';
import { countByStatus, listQuestions } from '#lib/server/assessment/list-questions.ts';
import { takeSteps } from '#lib/server/assessment/question-steps.ts';
import { can } from '#lib/server/identity/permissions.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	const filter = v.parse(QuestionFilter, Object.fromEntries(url.searchParams));
	const [list, counts, topics] = await Promise.all([
		listQuestions(ctx, filter),
		countByStatus(ctx),
		listTopics(ctx.db)
	]);
	const mayWrite = can(ctx.actor, 'question:author');
	return { filter, ...list, counts, topics, mayWrite, mayReview: can(ctx.actor, 'question:review') };
};

export const actions: Actions = {
	step: async ({ locals, request }) => {
		const form = await readForm(request, BulkStepInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		const { ids, step, note } = form.data;
		try {
			return await takeSteps(locals.ctx, ids, step, note || undefined);
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
