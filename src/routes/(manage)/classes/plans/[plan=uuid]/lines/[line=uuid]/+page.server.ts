import { fail, redirect } from '@sveltejs/kit';
import { PlanLineInput, PlanLinkInput, VoidPlanLineInput } from '#lib/training/plan-input.ts';
import { editLine, getLinePage, listPlanTopics, tieClass, untieClass, voidLine } from '#lib/server/training/plans.ts';
import { parseForm, readForm, refusal, tickedIn } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	...(await getLinePage(locals.ctx, params.plan, params.line)),
	topics: await listPlanTopics(locals.ctx)
});

const link =
	(act: typeof tieClass) =>
	async ({ locals, params, request }: RequestEvent) => {
		const form = await readForm(request, PlanLinkInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await act(locals.ctx, params.plan, params.line, form.data.activityId);
			return { isDone: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	};

export const actions: Actions = {
	tie: link(tieClass),
	untie: link(untieClass),
	edit: async ({ locals, params, request }) => {
		const body = await request.formData();
		const form = parseForm(body, PlanLineInput);
		const typed = {
			values: Object.fromEntries([...body].map(([name, value]) => [name, String(value)])),
			ticked: tickedIn(body, ['topics']).topics
		};
		if (!form.ok) return fail(400, { issues: form.issues, ...typed });
		try {
			await editLine(locals.ctx, params.plan, params.line, form.data);
			return { isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...refused, ...typed });
		}
	},
	remove: async ({ locals, params, request }) => {
		const form = await readForm(request, VoidPlanLineInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await voidLine(locals.ctx, params.plan, { lineId: params.line, reason: form.data.reason });
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/classes/plans/${params.plan}`);
	}
};
