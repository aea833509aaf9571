import { fail } from '@sveltejs/kit';
import { RetentionInput } from '#lib/privacy/input.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { changeRetention, getPrivacyPage } from '#lib/server/privacy/retention.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getPrivacyPage(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, RetentionInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await changeRetention(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isDone: true };
	}
};
