import { fail } from '@sveltejs/kit';
import { ConfirmHistoryInput, RefuseHistoryInput } from '#lib/training/history-input.ts';
import { confirmHistory, refuseHistory } from '#lib/server/training/history/decide.ts';
import { listHistoryClaims } from '#lib/server/training/history/list-claims.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ claims: await listHistoryClaims(locals.ctx) });

export const actions: Actions = {
	confirm: async ({ locals, request }) => {
		const form = await readForm(request, ConfirmHistoryInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await confirmHistory(locals.ctx, form.data.claimId);
			return { did: 'confirmed' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	refuse: async ({ locals, request }) => {
		const form = await readForm(request, RefuseHistoryInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await refuseHistory(locals.ctx, form.data);
			return { did: 'refused' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
