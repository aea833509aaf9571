import { fail } from '@sveltejs/kit';
import { IdInput } from '#lib/organisation/input.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import {
	cancelReorganisation,
	listReorganisations,
	undoReorganisation
} from '#lib/server/training/reorganisation/service.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	rows: await listReorganisations(locals.ctx),
	saved: url.searchParams.get('saved')
});

async function answer(ctx: Context, request: Request, change: (ctx: Context, id: string) => Promise<void>) {
	const form = await readForm(request, IdInput);
	if (!form.ok) return fail(400, { issues: form.issues });
	try {
		await change(ctx, form.data.id);
	} catch (error) {
		return fail(...refusal(error));
	}
	return { isDone: true };
}

export const actions: Actions = {
	undo: ({ locals, request }) => answer(locals.ctx, request, undoReorganisation),
	cancel: ({ locals, request }) => answer(locals.ctx, request, cancelReorganisation)
};
