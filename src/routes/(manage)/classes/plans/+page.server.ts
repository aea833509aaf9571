import { fail, redirect } from '@sveltejs/kit';
import { CreatePlanInput } from '#lib/training/plan-input.ts';
import { createPlan, getPlansPage, listPlanUnits } from '#lib/server/training/plans.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const year = Number(/^20\d\d$/.exec(url.searchParams.get('year') ?? '')?.[0]) || undefined;
	return { ...(await getPlansPage(locals.ctx, year)), units: await listPlanUnits(locals.ctx) };
};

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, CreatePlanInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let planId: string;
		try {
			({ planId } = await createPlan(locals.ctx, form.data));
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/classes/plans/${planId}`);
	}
};
