import { fail } from '@sveltejs/kit';
import { PackInput } from '#lib/reporting/pack-input.ts';
import { getPacksPage, requestPack } from '#lib/server/reporting/evidence-pack/request-pack.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getPacksPage(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, PackInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await requestPack(locals.ctx, form.data);
			return { isStarted: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
