import { fail } from '@sveltejs/kit';
import { DocumentChangeInput, LegalDocumentInput } from '#lib/assessment/input.ts';
import { getDocument, recordDocumentChange, updateDocument } from '#lib/server/assessment/documents.ts';
import { can } from '#lib/server/identity/permissions.ts';
import { parseForm, refusal } from '#lib/server/platform/forms.ts';
import { withDays } from '#lib/assessment/days.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => ({
	...(await getDocument(ctx, params.document)),
	mayWrite: can(ctx.actor, 'question:author'),
	mayReview: can(ctx.actor, 'question:review')
});

export const actions: Actions = {
	save: async ({ locals, params, request }) => {
		const posted = withDays(await request.formData(), ['issuedOn', 'effectiveFrom', 'effectiveTo']);
		const form = parseForm(posted, LegalDocumentInput);
		if (!form.ok) return fail(400, { at: 'save', issues: form.issues, values: form.values });
		try {
			await updateDocument(locals.ctx, params.document, form.data);
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { at: 'save', ...said });
		}
		return { at: 'save', isSaved: true };
	},
	change: async ({ locals, params, request }) => {
		const form = parseForm(withDays(await request.formData(), ['changedOn']), DocumentChangeInput);
		if (!form.ok) return fail(400, { at: 'change', issues: form.issues, values: form.values });
		try {
			return { at: 'change', ...(await recordDocumentChange(locals.ctx, params.document, form.data)) };
		} catch (error) {
			const [status, said] = refusal(error);
			return fail(status, { at: 'change', ...said });
		}
	}
};
