import { fail } from '@sveltejs/kit';
import { DecideLinesInput, UndoListInput } from '#lib/training/list-input.ts';
import { decideLines } from '#lib/server/training/list-import/decide-lines.ts';
import { getListPage } from '#lib/server/training/list-import/pages.ts';
import { undoList } from '#lib/server/training/list-import/undo-list.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	list: await getListPage(locals.ctx, params.list)
});

export const actions: Actions = {
	decide: async ({ locals, params, request }) => {
		const form = await readForm(request, DecideLinesInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			await decideLines(locals.ctx, params.list, form.data);
			return { isDecided: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	},
	undo: async ({ locals, params, request }) => {
		const form = await readForm(request, UndoListInput);
		if (!form.ok) return fail(400, { issues: form.issues });
		try {
			return { undone: await undoList(locals.ctx, params.list, form.data.reason) };
		} catch (error) {
			return fail(...refusal(error));
		}
	}
};
