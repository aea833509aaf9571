import { error, fail } from '@sveltejs/kit';
import { CuesInput } from '#lib/lectures/input.ts';
import { getLessonForAuthor } from '#lib/server/catalogue/editor.ts';
import { getCuesForAuthor, saveCues } from '#lib/server/lectures/captions.ts';
import { getPlayable } from '#lib/server/lectures/media.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { course, version, lesson } = await getLessonForAuthor(ctx, params.course, params.lesson);
	if (!lesson.lectureId) error(404);
	return {
		...(await getCuesForAuthor(ctx, lesson.lectureId, params.language)),
		lessonTitle: lesson.title,
		trail: `${course.code} – ${version.title}`,
		playable: await getPlayable(ctx, lesson.lectureId)
	};
};

export const actions: Actions = {
	default: async ({ locals: { ctx }, params, request }) => {
		const form = await readForm(request, CuesInput);
		if (!form.ok) return fail(400, { code: form.issues.cues ?? 'form.stale', params: {} });
		const { lesson } = await getLessonForAuthor(ctx, params.course, params.lesson);
		if (!lesson.lectureId) error(404);
		try {
			await saveCues(ctx, lesson.lectureId, params.language, form.data);
			return { isSaved: true };
		} catch (refused) {
			const [status, said] = refusal(refused);
			return fail(status, said);
		}
	}
};
