import { fail } from '@sveltejs/kit';
import { AggregateRosterInput } from '#lib/organisation/input.ts';
import { setAggregateRoster } from '#lib/server/organisation/aggregates.ts';
import { getUnitPage } from '#lib/server/organisation/unit-pages.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getUnitPage(locals.ctx, params.unit);

export const actions: Actions = {
	aggregate: async ({ locals, request }) => {
		const form = await readForm(request, AggregateRosterInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await setAggregateRoster(locals.ctx, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { ...said, values: { ...form.data, headcount: String(form.data.headcount) } });
		}
	}
};
