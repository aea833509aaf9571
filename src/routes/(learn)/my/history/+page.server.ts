import { fail } from '@sveltejs/kit';
import { HistoryAnswerInput } from '#lib/training/history-input.ts';
import { answerOffer, getOwnHistory } from '#lib/server/training/history/claim.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** `first` tells that the person has just signed in for the first time and may go on to the first page. */
export const load: PageServerLoad = async ({ locals, url }) => ({
	...(await getOwnHistory(locals.ctx)),
	isFirst: url.searchParams.has('first')
});

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, HistoryAnswerInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await answerOffer(locals.ctx, form.data);
			return { answered: form.data.answer };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
