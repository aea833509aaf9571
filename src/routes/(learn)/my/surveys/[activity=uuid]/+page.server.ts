import { fail, redirect } from '@sveltejs/kit';
import { printedToken } from '#lib/surveys/survey.ts';
import { drawForm, getOwnForm } from '#lib/server/surveys/forms.ts';
import { refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getOwnForm(locals.ctx, params.activity);

export const actions: Actions = {
	default: async ({ locals, params }) => {
		let token: string;
		try {
			token = await drawForm(locals.ctx, params.activity);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/survey/${printedToken(token)}`);
	}
};
