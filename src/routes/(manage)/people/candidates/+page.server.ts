import { fail } from '@sveltejs/kit';
import { ConfirmCandidatesInput, RefuseCandidatesInput } from '#lib/training/list-input.ts';
import { confirmCandidates, refuseCandidates } from '#lib/server/training/list-import/confirm-candidates.ts';
import { getCandidatesPage } from '#lib/server/training/list-import/pages.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getCandidatesPage(locals.ctx);

export const actions: Actions = {
	confirm: async ({ locals, request }) => {
		const form = await readForm(request, ConfirmCandidatesInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return await confirmCandidates(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	refuse: async ({ locals, request }) => {
		const form = await readForm(request, RefuseCandidatesInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await refuseCandidates(locals.ctx, form.data);
			return { isRefused: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
