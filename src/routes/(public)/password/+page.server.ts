import { fail, redirect } from '@sveltejs/kit';
import { ChangePasswordInput } from '#lib/identity/input.ts';
import { localPath } from '#lib/identity/local-path.ts';
import { changePassword } from '#lib/server/identity/service.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	if (!locals.sessionId) redirect(303, '/sign-in?next=%2Fpassword');
};

export const actions: Actions = {
	default: async ({ locals, request, url }) => {
		if (!locals.sessionId) redirect(303, '/sign-in?next=%2Fpassword');
		const form = await readForm(request, ChangePasswordInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await changePassword(locals.ctx, locals.sessionId, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, localPath(url.searchParams.get('next'), '/account?done=password'));
	}
};
