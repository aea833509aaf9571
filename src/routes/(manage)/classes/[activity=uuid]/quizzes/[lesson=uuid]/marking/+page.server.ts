import { fail } from '@sveltejs/kit';
import { MarkInput, readPoints, ReturnInput } from '#lib/assessment/marking-input.ts';
import { getMarkingQueue, markInClass, returnInClass } from '#lib/server/learning/quiz-marking.ts';
import { parseForm, readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const shown = { isMarked: url.searchParams.has('marked'), withNames: url.searchParams.has('names') };
	return { ...shown, queue: await getMarkingQueue(locals.ctx, params.activity, params.lesson, shown) };
};

export const actions: Actions = {
	return: async ({ locals, params, request }) => {
		const read = await readForm(request, ReturnInput);
		if (!read.ok) return fail(400, { issues: read.issues });
		try {
			await returnInClass(locals.ctx, { activityId: params.activity, lessonId: params.lesson }, read.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isReturned: true };
	},
	mark: async ({ locals, params, request }) => {
		const form = await request.formData();
		const read = parseForm(form, MarkInput);
		if (!read.ok) return fail(400, { code: 'assessment.points_missing', params: {} });
		const { attemptId, position, marks, comment } = read.data;
		const where = { activityId: params.activity, lessonId: params.lesson };
		try {
			await markInClass(locals.ctx, where, { attemptId, position }, { points: readPoints(form), marks, comment });
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	}
};
