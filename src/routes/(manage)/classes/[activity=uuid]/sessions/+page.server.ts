import { fail } from '@sveltejs/kit';
import type * as v from 'valibot';
import { EditSessionInput, SessionInput, SessionPatternInput, VoidSessionInput } from '#lib/training/session-input.ts';
import {
	addSession,
	addSessionsByPattern,
	editSession,
	getSessionsPage,
	voidSession
} from '#lib/server/training/sessions.ts';
import { today, type Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
	...(await getSessionsPage(locals.ctx, params.activity)),
	/** The sitting whose form is open. */
	editing: url.searchParams.get('edit'),
	today: today(locals.ctx)
});

function action<S extends v.GenericSchema>(
	did: string,
	schema: S,
	act: (ctx: Context, activityId: string, data: v.InferOutput<S>) => Promise<void>
) {
	return async ({ locals, params, request }: RequestEvent) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { did, issues: form.issues, values: form.values });
		try {
			await act(locals.ctx, params.activity, form.data);
			return { did, isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did, ...refused });
		}
	};
}

export const actions: Actions = {
	add: action('add', SessionInput, addSession),
	pattern: action('pattern', SessionPatternInput, addSessionsByPattern),
	edit: action('edit', EditSessionInput, editSession),
	remove: action('remove', VoidSessionInput, voidSession)
};
