import { fail } from '@sveltejs/kit';
import { ApproveClaimInput, RefuseClaimInput } from '#lib/training/elsewhere-input.ts';
import { approveClaim, refuseClaim } from '#lib/server/training/elsewhere/decide.ts';
import { getUnitClaims } from '#lib/server/training/elsewhere/lists.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	claims: await getUnitClaims(locals.ctx),
	isSent: url.searchParams.has('sent')
});

export const actions: Actions = {
	approve: async ({ locals, request }) => {
		const form = await readForm(request, ApproveClaimInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await approveClaim(locals.ctx, form.data.claimId);
			return { did: 'approved' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	refuse: async ({ locals, request }) => {
		const form = await readForm(request, RefuseClaimInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await refuseClaim(locals.ctx, form.data);
			return { did: 'refused' as const };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
