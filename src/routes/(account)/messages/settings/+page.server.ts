import { fail } from '@sveltejs/kit';
import { ChoicesInput } from '#lib/notifications/input.ts';
import { chooseOwn, getOwnChoices } from '#lib/server/notifications/choices.ts';
import { readForm } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getOwnChoices(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, ChoicesInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		await chooseOwn(locals.ctx, form.data);
		return { isSaved: true };
	}
};
