import { fail } from '@sveltejs/kit';
import { SlipsInput } from '#lib/surveys/input.ts';
import { drawQr } from '#lib/server/identity/slip-qr.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { getClassSurvey } from '#lib/server/surveys/class-results.ts';
import { makeSlips } from '#lib/server/surveys/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const address = `${url.origin}/my/surveys/${params.activity}`;
	return { ...(await getClassSurvey(locals.ctx, params.activity)), address, qr: drawQr(address) };
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, SlipsInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await makeSlips(locals.ctx, params.activity, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
