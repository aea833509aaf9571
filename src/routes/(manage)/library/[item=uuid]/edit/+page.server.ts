import { fail } from '@sveltejs/kit';
import type * as v from 'valibot';
import { NewVersionInput, ResourceInput, WithdrawInput } from '#lib/library/input.ts';
import { getLibraryChoices, getManagedResource } from '#lib/server/library/read.ts';
import { addVersion, changeResource, withdrawResource } from '#lib/server/library/write.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	...(await getManagedResource(locals.ctx, params.item)),
	...(await getLibraryChoices(locals.ctx))
});

/** Reads one form and does one thing. */
function action<S extends v.GenericSchema>(
	schema: S,
	act: (ctx: Context, resourceId: string, data: v.InferOutput<S>) => Promise<unknown>
) {
	return async ({ locals, params, request }: RequestEvent) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		try {
			await act(locals.ctx, params.item, form.data);
			return { isDone: true };
		} catch (error) {
			return fail(...refusal(error));
		}
	};
}

export const actions: Actions = {
	facts: action(ResourceInput, changeResource),
	version: action(NewVersionInput, addVersion),
	withdraw: action(WithdrawInput, (ctx, id, { reason }) => withdrawResource(ctx, id, reason))
};
