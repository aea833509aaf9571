import { fail, redirect } from '@sveltejs/kit';
import { ConfirmInput } from '#lib/identity/input.ts';
import { localPath } from '#lib/identity/local-path.ts';
import { confirmPresence } from '#lib/server/identity/two-step.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async ({ locals, request, url }) => {
		const form = await readForm(request, ConfirmInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			if (locals.sessionId) await confirmPresence(locals.ctx, locals.sessionId, form.data.password);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, localPath(url.searchParams.get('next'), '/account'));
	}
};
