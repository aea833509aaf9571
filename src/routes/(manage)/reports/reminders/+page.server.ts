import { fail } from '@sveltejs/kit';
import { ReminderRuleInput } from '#lib/reporting/reminder-rules.ts';
import { changeRule, getRemindersPage } from '#lib/server/reporting/reminder-rules.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => getRemindersPage(locals.ctx);

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, ReminderRuleInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await changeRule(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { isSaved: true };
	}
};
