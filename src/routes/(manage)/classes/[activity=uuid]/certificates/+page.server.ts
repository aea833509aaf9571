import { fail } from '@sveltejs/kit';
import { IssueInput, ClassPolicyInput } from '#lib/certificates/input.ts';
import { startBatch } from '#lib/server/certificates/batch.ts';
import { getClassCertificates, setClassPolicy } from '#lib/server/certificates/class-page.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getClassCertificates(locals.ctx, params.activity);

export const actions: Actions = {
	issue: async ({ locals, params, request }) => {
		const form = await readForm(request, IssueInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await startBatch(locals.ctx, params.activity, form.data.participationIds);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { did: 'issue' as const };
	},
	policy: async ({ locals, params, request }) => {
		const form = await readForm(request, ClassPolicyInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await setClassPolicy(locals.ctx, params.activity, form.data.policy);
		} catch (error) {
			return fail(...refusal(error));
		}
		return { did: 'policy' as const };
	}
};
