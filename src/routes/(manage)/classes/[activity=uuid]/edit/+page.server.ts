import { fail, redirect } from '@sveltejs/kit';
import { EditClassInput } from '#lib/training/input.ts';
import { getClassChoices } from '#lib/server/training/choices.ts';
import { editClass, getManagedClass } from '#lib/server/training/classes.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { categories } = await getClassChoices(locals.ctx);
	return { activity: await getManagedClass(locals.ctx, params.activity), categories };
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const body = await request.formData();
		const form = parseForm(body, EditClassInput);
		const lists = { audience: body.getAll('audience[]').map(String), topics: body.getAll('topics[]').map(String) };
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
