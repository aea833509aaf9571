import { fail, redirect } from '@sveltejs/kit';
import { CreateUnitInput } from '#lib/organisation/input.ts';
import { today } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { listUnitChoices } from '#lib/server/organisation/unit-pages.ts';
import { createUnit } from '#lib/server/organisation/units.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	parents: await listUnitChoices(locals.ctx, 'unit:manage'),
	parentId: url.searchParams.get('parent') ?? '',
	day: today(locals.ctx)
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, CreateUnitInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let unitId: string;
		try {
			({ unitId } = await createUnit(locals.ctx, form.data));
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, {
				...said,
				values: { ...form.data, givesAggregates: form.data.givesAggregates ? 'on' : '' }
			});
		}
		redirect(303, `/units/${unitId}`);
	}
};
