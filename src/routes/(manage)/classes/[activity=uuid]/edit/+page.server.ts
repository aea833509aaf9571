import { fail, redirect } from '@sveltejs/kit';
import { EditClassInput, TICKED_FACTS } from '#lib/training/input.ts';
import { getClassChoices } from '#lib/server/training/choices.ts';
import { editClass, getManagedClass, listCoOrganisersOf } from '#lib/server/training/classes.ts';
import { parseForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const activity = await getManagedClass(locals.ctx, params.activity);
	const coOrganisers = await listCoOrganisersOf(locals.ctx, params.activity);
	return { activity, coOrganisers, ...(await getClassChoices(locals.ctx, activity)) };
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const body = await request.formData();
		const form = parseForm(body, EditClassInput);
		const lists = tickedIn(body, TICKED_FACTS);
		const values = Object.fromEntries([...body].map(([name, value]) => [name, String(value)]));
		if (!form.ok) return fail(400, { issues: form.issues, values, lists });
		try {
			await editClass(locals.ctx, params.activity, form.data);
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...refused, values, lists });
		}
		redirect(303, `/classes/${params.activity}`);
	}
};
