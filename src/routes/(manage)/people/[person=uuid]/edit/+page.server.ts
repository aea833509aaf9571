import { fail, redirect } from '@sveltejs/kit';
import { UpdatePersonInput } from '#lib/organisation/input.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { getPersonPage } from '#lib/server/organisation/people-pages.ts';
import { updatePerson } from '#lib/server/organisation/people.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	authorise(locals.ctx.actor, 'roster:manage');
	const { person, personalNumber } = await getPersonPage(locals.ctx, params.person);
	return { person, personalNumber };
};

export const actions: Actions = {
	default: async ({ locals, request, params }) => {
		const posted = await request.formData();
		posted.set('personId', params.person);
		const typed = [...posted].filter(([key, value]) => typeof value === 'string' && key !== 'personalNumber');
		const values = Object.fromEntries(typed) as Record<string, string>;
		const form = parseForm(posted, UpdatePersonInput);
		if (!form.ok) return fail(400, { issues: form.issues, values });
		try {
			await updatePerson(locals.ctx, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values });
		}
		redirect(303, `/people/${params.person}`);
	}
};
