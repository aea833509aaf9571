import { fail } from '@sveltejs/kit';
import { AdoptInput } from '#lib/scorm/settings.ts';
import { adoptRevision, getRevisionChange } from '#lib/server/learning/scorm-revision.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx }, params }) =>
	getRevisionChange(ctx, params.course, params.lesson);

export const actions: Actions = {
	adopt: async ({ locals: { ctx }, params, request }) => {
		const form = await readForm(request, AdoptInput);
		if (!form.ok) return fail(400, { code: 'form.stale', params: {} });
		try {
			const target = { courseId: params.course, lessonId: params.lesson, seen: form.data.revision };
			return { adopted: (await adoptRevision(ctx, target)).classes };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
