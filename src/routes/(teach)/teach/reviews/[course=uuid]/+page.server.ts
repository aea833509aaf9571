import { fail, redirect } from '@sveltejs/kit';
import { ReturnInput } from '#lib/catalogue/input.ts';
import { getForReview } from '#lib/server/catalogue/editor.ts';
import { publishCourse, returnCourse } from '#lib/server/catalogue/workflow.ts';
import { findRenewedLessons } from '#lib/server/learning/scorm-revision.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
	const review = await getForReview(ctx, params.course);
	return { ...review, renewed: await findRenewedLessons(ctx, review.outline) };
};

export const actions: Actions = {
	approve: async ({ locals, params }) => {
		try {
			await publishCourse(locals.ctx, params.course);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, '/teach/reviews?done=approved');
	},
	return: async ({ locals, params, request }) => {
		const form = await readForm(request, ReturnInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await returnCourse(locals.ctx, params.course, form.data.note);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: { note: form.data.note } });
		}
		redirect(303, '/teach/reviews?done=returned');
	}
};
