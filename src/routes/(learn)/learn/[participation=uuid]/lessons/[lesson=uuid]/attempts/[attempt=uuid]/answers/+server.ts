import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { SaveRequest } from '#lib/assessment/save-answers.ts';
import { saveQuizAnswers } from '#lib/server/learning/quiz.ts';
import { readJsonBody } from '#lib/server/platform/forms.ts';
import type { RequestHandler } from './$types';

/** Takes answers as they are given. */
export const POST: RequestHandler = async ({ locals, params, request }) => {
	const body = v.safeParse(SaveRequest, await readJsonBody(request));
	if (!body.success) return json({ code: 'form.invalid' }, { status: 400 });
	return json(await saveQuizAnswers(locals.ctx, params.attempt, body.output.answers));
};
