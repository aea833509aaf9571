import { fail, redirect } from '@sveltejs/kit';
import { CodeInput } from '#lib/identity/input.ts';
import {
	getOwnTwoStep,
	proposeTwoStep,
	renewOwnRecoveryCodes,
	turnOffTwoStep,
	turnOnTwoStep
} from '#lib/server/identity/two-step.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	return { twoStep: await getOwnTwoStep(locals.ctx), standing: locals.twoStep };
};

export const actions: Actions = {
	propose: async ({ locals }) => {
		await proposeTwoStep(locals.ctx);
		redirect(303, '/account/two-step');
	},
	turnOn: async ({ locals, request }) => {
		const form = await readForm(request, CodeInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return { codes: await turnOnTwoStep(locals.ctx, locals.sessionId ?? Buffer.alloc(0), form.data.code) };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	renew: async ({ locals }) => ({ codes: await renewOwnRecoveryCodes(locals.ctx) }),
	turnOff: async ({ locals }) => {
		await turnOffTwoStep(locals.ctx);
		redirect(303, '/account/two-step');
	}
};
