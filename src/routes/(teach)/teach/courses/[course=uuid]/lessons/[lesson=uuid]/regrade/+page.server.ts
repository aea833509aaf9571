import { fail } from '@sveltejs/kit';
import { RegradeInput } from '#lib/assessment/paper-input.ts';
import { previewRegrades, regrade } from '#lib/server/assessment/regrade.ts';
import { getLessonForAuthor } from '#lib/server/catalogue/editor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

async function findPaper(ctx: Context, params: { course: string; lesson: string }) {
	const { course, version, lesson } = await getLessonForAuthor(ctx, params.course, params.lesson);
	if (!lesson.paperId) throw new DomainError('not_found', 'assessment.no_such_paper');
	return { paperId: lesson.paperId, code: course.code, courseTitle: version.title, lessonTitle: lesson.title };
}

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const { paperId, ...facts } = await findPaper(ctx, params);
	return { ...facts, previews: await previewRegrades(ctx, paperId) };
};

export const actions: Actions = {
	regrade: async ({ locals: { ctx }, params, request }) => {
		const form = await readForm(request, RegradeInput);
		if (!form.ok) return fail(400, { code: 'assessment.reason_needed', params: {} });
		try {
			const { paperId } = await findPaper(ctx, params);
			return { changed: await regrade(ctx, paperId, form.data.questionId, form.data.reason) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
