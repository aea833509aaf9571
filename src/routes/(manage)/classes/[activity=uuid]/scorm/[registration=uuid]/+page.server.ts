import { fail } from '@sveltejs/kit';
import { findingsOf, ResetAttemptInput } from '#lib/scorm/results.ts';
import { grantAttempt, resetAttempt } from '#lib/server/learning/scorm-manage.ts';
import { getScormResult } from '#lib/server/learning/scorm-results.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { settings, attempts, ...page } = await getScormResult(locals.ctx, params.activity, params.registration);
	return {
		...page,
		hasLimit: settings.attemptLimit !== null,
		attempts: attempts.map((attempt) => ({
			...attempt,
			findings: findingsOf(attempt, attempt.items, { itemCount: attempt.itemCount, settings })
		}))
	};
};

export const actions: Actions = {
	reset: async ({ locals, params, request }) => {
		const form = await readForm(request, ResetAttemptInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await resetAttempt(locals.ctx, {
				activityId: params.activity,
				registrationId: params.registration,
				...form.data
			});
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isDone: true };
	},
	extra: async ({ locals, params }) => {
		try {
			await grantAttempt(locals.ctx, params.activity, params.registration);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isDone: true };
	}
};
