import { fail } from '@sveltejs/kit';
import { DataRequestInput } from '#lib/privacy/input.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { getOwnDataPage } from '#lib/server/privacy/own-data.ts';
import { sendDataRequest } from '#lib/server/privacy/requests.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getOwnDataPage(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, DataRequestInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await sendDataRequest(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isDone: true };
	}
};
