import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { CaptionFileInput, CaptionLanguageInput, CaptionStateInput, ChaptersInput } from '#lib/lectures/input.ts';
import { getLessonForAuthor } from '#lib/server/catalogue/editor.ts';
import * as captions from '#lib/server/lectures/captions.ts';
import { cancelRecognition, getRecognition, requestRecognition } from '#lib/server/lectures/recognise-speech.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

type Event = RequestEvent<{ course: string; lesson: string }>;

/** The lecture behind the lesson that the address means. */
async function lectureOf({ locals, params }: Pick<Event, 'locals' | 'params'>) {
	const { course, version, lesson } = await getLessonForAuthor(locals.ctx, params.course, params.lesson);
	if (!lesson.lectureId) error(404);
	return { lectureId: lesson.lectureId, lessonTitle: lesson.title, trail: `${course.code} – ${version.title}` };
}

export const load: PageServerLoad = async (event) => {
	const { lectureId, ...names } = await lectureOf(event);
	const { ctx } = event.locals;
	const recognition = await getRecognition(ctx, lectureId);
	return { lectureId, ...names, recognition, ...(await captions.getCaptionsForAuthor(ctx, lectureId)) };
};

async function tell<T extends object>(at: string, call: () => Promise<T | void>, values?: Record<string, string>) {
	try {
		return { at, ...(await call()) };
	} catch (refused) {
		const [status, said] = refusal(refused);
		return fail(status, { at, ...said, values });
	}
}

export const actions: Actions = {
	upload: async (event) => {
		const form = await readForm(event.request, CaptionFileInput);
		if (!form.ok) return fail(400, { at: 'upload', issues: form.issues });
		const { lectureId } = await lectureOf(event);
		return tell('upload', () => captions.uploadCaptions(event.locals.ctx, lectureId, form.data));
	},
	begin: async (event) => {
		const form = await readForm(event.request, CaptionLanguageInput);
		if (!form.ok) return fail(400, { at: 'begin', issues: form.issues });
		const { lectureId } = await lectureOf(event);
		const { language } = form.data;
		const answer = await tell('begin', () => captions.beginCaptions(event.locals.ctx, lectureId, language));
		if ('status' in answer) return answer;
		redirect(303, `${event.url.pathname}/${language}`);
	},
	recognise: async (event) => {
		const form = await readForm(event.request, CaptionLanguageInput);
		if (!form.ok) return fail(400, { at: 'recognise', issues: form.issues });
		const { lectureId } = await lectureOf(event);
		return tell('recognise', () => requestRecognition(event.locals.ctx, lectureId, form.data.language));
	},
	cancel: async (event) => {
		const form = await readForm(event.request, CaptionLanguageInput);
		if (!form.ok) return fail(400, { at: 'recognise', issues: form.issues });
		const { lectureId } = await lectureOf(event);
		return tell('recognise', () => cancelRecognition(event.locals.ctx, lectureId, form.data.language));
	},
	state: async (event) => {
		const form = await readForm(event.request, CaptionStateInput);
		if (!form.ok) return fail(400, { at: 'tracks', issues: form.issues });
		const { lectureId } = await lectureOf(event);
		return tell('tracks', () => captions.setCaptionState(event.locals.ctx, lectureId, form.data));
	},
	remove: async (event) => {
		const form = await readForm(event.request, CaptionLanguageInput);
		if (!form.ok) return fail(400, { at: 'tracks', issues: form.issues });
		const { lectureId } = await lectureOf(event);
		return tell('tracks', () => captions.removeCaptions(event.locals.ctx, lectureId, form.data.language));
	},
	chapters: async (event) => {
		const form = await readForm(event.request, ChaptersInput);
		if (!form.ok) return fail(400, { at: 'chapters', issues: form.issues, values: form.values });
		const { lectureId } = await lectureOf(event);
		return tell(
			'chapters',
			async () => {
				await captions.saveChapters(event.locals.ctx, lectureId, form.data.chapters);
				return { isSaved: true };
			},
			form.data
		);
	}
};
