import { fail, redirect } from '@sveltejs/kit';
import { documentUrls } from '#lib/server/lectures/document-urls.ts';
import { findSoundDownload } from '#lib/server/lectures/sound-file.ts';
import { signedFallback, signedPoster, signedSound } from '#lib/server/lectures/playlists.ts';
import { StartInput } from '#lib/assessment/paper-input.ts';
import { getLessonForLearner } from '#lib/server/learning/lesson.ts';
import { markLessonRead } from '#lib/server/learning/progress.ts';
import { getQuizLesson, startQuiz } from '#lib/server/learning/quiz.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { framingHeaders } from '#lib/server/platform/security-headers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders, url }) => {
	const { view, revision, content } = await getLessonForLearner(locals.ctx, params.participation, params.lesson);
	const { storage } = locals.ctx;
	if (view.scorm && locals.otherOrigins?.content) setHeaders(framingHeaders(locals.otherOrigins.content));
	return {
		lesson: view,
		/** Where a link from the search leads, whole seconds. */
		askedS: Number(/^\d{1,5}$/.exec(url.searchParams.get('t') ?? '')?.[0] ?? 0),
		quiz:
			view.kind === 'quiz'
				? await getQuizLesson(locals.ctx, { participationId: params.participation, lessonId: params.lesson })
				: undefined,
		poster: revision && signedPoster(storage, revision),
		fallback: revision && signedFallback(storage, revision),
		sound: revision && signedSound(storage, revision),
		soundDownload: revision && (await findSoundDownload(locals.ctx, revision)),
		document: content.document && { name: content.document.name, ...documentUrls(storage, content.document) },
		attachments: content.attachments.map((document) => ({
			id: document.id,
			name: document.name,
			sizeBytes: document.sizeBytes,
			...documentUrls(storage, document)
		}))
	};
};

export const actions: Actions = {
	read: async ({ locals, params }) => {
		try {
			await markLessonRead(locals.ctx, { participationId: params.participation, lessonId: params.lesson });
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/learn/${params.participation}/lessons/${params.lesson}`);
	},
	start: async ({ locals, params, request }) => {
		const form = await readForm(request, StartInput);
		if (!form.ok) return fail(400, { code: 'form.issues', params: {} });
		const place = { participationId: params.participation, lessonId: params.lesson };
		let started: { attemptId: string };
		try {
			started = await startQuiz(locals.ctx, place, form.data.password);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/learn/${params.participation}/lessons/${params.lesson}/attempts/${started.attemptId}`);
	}
};
