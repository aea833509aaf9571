import { fail } from '@sveltejs/kit';
import { TwoStepPolicyInput } from '#lib/identity/input.ts';
import { changeTwoStepPolicy, getSecurityPage } from '#lib/server/identity/security-page.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getSecurityPage(locals.ctx);

export const actions: Actions = {
	twoStep: async ({ locals, request }) => {
		const form = await readForm(request, TwoStepPolicyInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await changeTwoStepPolicy(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	}
};
