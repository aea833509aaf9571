import { fail } from '@sveltejs/kit';
import { ReasonInput } from '#lib/reporting/input.ts';
import { getPeriodPage } from '#lib/server/reporting/periods.ts';
import { lockPeriod, remindUnits, reopenPeriod } from '#lib/server/reporting/rounds.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
	...(await getPeriodPage(locals.ctx, params.period)),
	origin: url.origin
});

export const actions: Actions = {
	remind: async ({ locals, params }) => {
		try {
			return await remindUnits(locals.ctx, params.period);
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	lock: async ({ locals, params }) => {
		try {
			return { locked: (await lockPeriod(locals.ctx, params.period)).version };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	reopen: async ({ locals, request, params }) => {
		const form = await readForm(request, ReasonInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await reopenPeriod(locals.ctx, params.period, form.data.reason);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isReopened: true };
	}
};
