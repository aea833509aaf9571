import { fail } from '@sveltejs/kit';
import { EditPlanInput, PlanLineInput } from '#lib/training/plan-input.ts';
import { addLine, editPlan, getPlanPage, listPlanTopics } from '#lib/server/training/plans.ts';
import { parseForm, readForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	...(await getPlanPage(locals.ctx, params.plan)),
	topics: await listPlanTopics(locals.ctx)
});

export const actions: Actions = {
	document: async ({ locals, params, request }) => {
		const form = await readForm(request, EditPlanInput);
		if (!form.ok) return fail(400, { did: 'document', issues: form.issues });
		try {
			await editPlan(locals.ctx, params.plan, form.data);
			return { did: 'document', isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did: 'document', ...refused });
		}
	},
	add: async ({ locals, params, request }) => {
		const body = await request.formData();
		const form = parseForm(body, PlanLineInput);
		const { topics } = tickedIn(body, ['topics']);
		const values = Object.fromEntries([...body].map(([name, value]) => [name, String(value)]));
		if (!form.ok) return fail(400, { did: 'add', issues: form.issues, values, ticked: topics });
		try {
			await addLine(locals.ctx, params.plan, form.data);
			return { did: 'add', isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did: 'add', ...refused, values, ticked: topics });
		}
	}
};
