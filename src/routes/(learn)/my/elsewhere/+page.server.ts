import { fail } from '@sveltejs/kit';
import { ClaimInput } from '#lib/training/elsewhere-input.ts';
import { claimOwn } from '#lib/server/training/elsewhere/claim.ts';
import { getOwnClaims } from '#lib/server/training/elsewhere/lists.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getOwnClaims(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, ClaimInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await claimOwn(locals.ctx, form.data);
			return { isSent: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
