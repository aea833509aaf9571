import { fail } from '@sveltejs/kit';
import { IdInput } from '#lib/organisation/input.ts';
import { listMergers } from '#lib/server/organisation/merging/compare.ts';
import { listLikelyPairs } from '#lib/server/organisation/merging/pairs.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import { undoMerger } from '#lib/server/training/merging/service.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	...(await listLikelyPairs(locals.ctx, { page: Number(url.searchParams.get('page')) || 1 })),
	mergers: await listMergers(locals.ctx),
	done: url.searchParams.get('done')
});

export const actions: Actions = {
	undo: async ({ locals, request }) => {
		const form = await readForm(request, IdInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return { undone: await undoMerger(locals.ctx, form.data.id) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
