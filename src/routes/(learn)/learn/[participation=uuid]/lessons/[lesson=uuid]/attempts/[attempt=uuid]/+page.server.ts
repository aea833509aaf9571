import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { ResubmitInput } from '#lib/assessment/marking-input.ts';
import { FromInput } from '#lib/assessment/paper-input.ts';
import { saveQuizForm } from '#lib/server/learning/quiz-form.ts';
import { getQuizAttempt, moveOnInQuiz, resubmitInQuiz, submitQuiz } from '#lib/server/learning/quiz.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a form adds to the file it carries, generously. */
const FORM_AROUND_BYTES = 64 * 1024;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = Number(url.searchParams.get('q'));
	return {
		...(await getQuizAttempt(locals.ctx, placeOf(params))),
		fileMaxBytes: locals.ctx.config.formMaxBytes - FORM_AROUND_BYTES,
		firstShown: Number.isInteger(asked) && asked > 0 ? asked : 1
	};
};

type Params = { participation: string; lesson: string; attempt: string };

const placeOf = ({ participation, lesson, attempt }: Params) => ({
	participationId: participation,
	lessonId: lesson,
	attemptId: attempt
});

/** Saves what a plain form carries, then does what its button says, then shows the page again. */
function saving(then?: (event: RequestEvent<Params>, form: FormData) => Promise<void>) {
	return async (event: RequestEvent<Params>) => {
		const { locals, params, request, url } = event;
		const form = await request.formData();
		try {
			await saveQuizForm(locals.ctx, placeOf(params), form);
			await then?.(event, form);
		} catch (error) {
			return fail(...refusal(error));
		}
		const shown = Number(url.searchParams.get('q'));
		redirect(303, shown > 0 ? `${url.pathname}?q=${shown}` : url.pathname);
	};
}

export const actions: Actions = {
	resubmit: async ({ locals, params, request }) => {
		const form = await request.formData();
		const read = parseForm(form, ResubmitInput);
		if (!read.ok) return fail(400, { code: 'assessment.answer_missing', params: {} });
		const { position } = read.data;
		try {
			await resubmitInQuiz(locals.ctx, placeOf(params), position, form);
			return { isResubmitted: true };
		} catch (error) {
			const [status, said] = refusal(error);
			const text = form.get('answer') ?? form.get('answer.note');
			return fail(status, { ...said, typed: { position, text: typeof text === 'string' ? text : '' } });
		}
	},
	save: saving(),
	next: saving(async ({ locals, params }, form) => {
		const read = parseForm(form, FromInput);
		if (read.ok) await moveOnInQuiz(locals.ctx, { ...placeOf(params), from: read.data.from });
	}),
	submit: saving(({ locals, params }) => submitQuiz(locals.ctx, placeOf(params)))
};
