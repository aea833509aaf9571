import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { BoardFilter, ExtraInput, TakeInInput } from '#lib/learning/quiz-board-input.ts';
import { giveExtraInClass, takeInAttempt } from '#lib/server/learning/invigilate.ts';
import { getQuizBoard } from '#lib/server/learning/quiz-board.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const filter = v.parse(BoardFilter, Object.fromEntries(url.searchParams));
	return { filter, board: await getQuizBoard(locals.ctx, params.activity, params.lesson, filter) };
};

export const actions: Actions = {
	extra: async ({ locals, params, request }) => {
		const form = await readForm(request, ExtraInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		const where = { activityId: params.activity, lessonId: params.lesson };
		try {
			return { given: await giveExtraInClass(locals.ctx, where, form.data) };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	takeIn: async ({ locals, params, request }) => {
		const form = await readForm(request, TakeInInput);
		if (!form.ok) return fail(400, { code: 'form.choice', params: {} });
		const where = { activityId: params.activity, lessonId: params.lesson };
		try {
			await takeInAttempt(locals.ctx, where, form.data.participationId);
			return { isTakenIn: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
