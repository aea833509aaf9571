import { json } from '@sveltejs/kit';
import { addQuizFile } from '#lib/server/learning/quiz-files.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import type { RequestHandler } from './$types';

/** Takes a file that is an answer, or part of one, to the question at `?position=`. */
export const POST: RequestHandler = async ({ locals, params, request, url }) => {
	const file = (await request.formData()).get('file');
	if (!(file instanceof File)) throw new DomainError('invalid', 'form.file_required');
	const place = { participationId: params.participation, lessonId: params.lesson, attemptId: params.attempt };
	return json({ file: await addQuizFile(locals.ctx, place, Number(url.searchParams.get('position')), file) });
};
