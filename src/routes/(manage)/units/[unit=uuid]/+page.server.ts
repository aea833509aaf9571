import { fail } from '@sveltejs/kit';
import { QuotaInput } from '#lib/lectures/input.ts';
import { AggregateRosterInput } from '#lib/organisation/input.ts';
import { setAggregateRoster } from '#lib/server/organisation/aggregates.ts';
import { getQuota, setQuota } from '#lib/server/lectures/quota.ts';
import { getUnitPage } from '#lib/server/organisation/unit-pages.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
	...(await getUnitPage(ctx, params.unit)),
	quota: await getQuota(ctx, params.unit)
});

export const actions: Actions = {
	quota: async ({ locals, params, request }) => {
		const form = await readForm(request, QuotaInput);
		if (!form.ok) return fail(400, { quotaIssue: form.issues.gigabytes, typed: form.values.gigabytes });
		try {
			await setQuota(locals.ctx, params.unit, form.data.gigabytes);
			return { isQuotaSaved: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
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
