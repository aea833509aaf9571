import { fail } from '@sveltejs/kit';
import { CountingRuleInput, StageInput, TargetInput } from '#lib/indicators/input.ts';
import { changeRule, changeStage, changeTarget, getTargetSettings } from '#lib/server/indicators/edit-settings.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => getTargetSettings(locals.ctx);

export const actions: Actions = {
	target: async ({ locals, request }) => {
		const form = await readForm(request, TargetInput);
		if (!form.ok) return fail(400, { action: 'target', issues: form.issues, values: form.values });
		try {
			await changeTarget(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	},
	stage: async ({ locals, request }) => {
		const form = await readForm(request, StageInput);
		if (!form.ok) return fail(400, { action: 'stage', issues: form.issues, values: form.values });
		try {
			await changeStage(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	},
	rule: async ({ locals, request }) => {
		const form = await readForm(request, CountingRuleInput);
		if (!form.ok) return fail(400, { action: 'rule', issues: form.issues, values: form.values });
		try {
			await changeRule(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	}
};
