import { fail, redirect } from '@sveltejs/kit';
import { NewResourceInput } from '#lib/library/input.ts';
import { getLibraryChoices } from '#lib/server/library/read.ts';
import { addResource } from '#lib/server/library/write.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getLibraryChoices(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, NewResourceInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let resourceId: string;
		try {
			resourceId = await addResource(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/library/${resourceId}`);
	}
};
