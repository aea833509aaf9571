import { fail } from '@sveltejs/kit';
import { readReportChoice, ReasonInput, SignedInput } from '#lib/reporting/input.ts';
import { getReportPage } from '#lib/server/reporting/reports.ts';
import {
	acceptReport,
	approveReport,
	attachSigned,
	returnReport,
	submitReport
} from '#lib/server/reporting/workflow.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const keyOf = (params: RequestEvent['params']) => ({ periodId: params.period, unitId: params.unit });

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const choice = readReportChoice(url.searchParams);
	return { ...(await getReportPage(locals.ctx, keyOf(params), choice.version)), choice };
};

/** Takes a step and answers with what the page says of it. */
async function taking(step: Promise<void>) {
	try {
		await step;
	} catch (error) {
		return fail(...refusal(error));
	}
	return { isDone: true };
}

export const actions: Actions = {
	submit: ({ locals, params }) => taking(submitReport(locals.ctx, keyOf(params))),
	approve: ({ locals, params }) => taking(approveReport(locals.ctx, keyOf(params))),
	accept: ({ locals, params }) => taking(acceptReport(locals.ctx, keyOf(params))),
	return: async ({ locals, request, params }) => {
		const form = await readForm(request, ReasonInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		return taking(returnReport(locals.ctx, keyOf(params), form.data.reason));
	},
	sign: async ({ locals, request, params }) => {
		const form = await readForm(request, SignedInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		return taking(attachSigned(locals.ctx, keyOf(params), form.data));
	}
};
