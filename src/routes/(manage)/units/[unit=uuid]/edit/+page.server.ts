import { fail, redirect } from '@sveltejs/kit';
import { RenameUnitInput } from '#lib/organisation/input.ts';
import { authorise } from '#lib/server/identity/permissions.ts';
import { getUnit } from '#lib/server/organisation/queries.ts';
import { renameUnit } from '#lib/server/organisation/units.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	unit: await getUnit(locals.ctx.db, authorise(locals.ctx.actor, 'unit:manage'), params.unit)
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const posted = await request.formData();
		const form = parseForm(posted, RenameUnitInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await renameUnit(locals.ctx, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			const values = [...posted].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
			return fail(status, { ...said, values: Object.fromEntries(values) as Record<string, string> });
		}
		redirect(303, `/units/${form.data.unitId}`);
	}
};
