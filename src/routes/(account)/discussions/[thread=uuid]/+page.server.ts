import { fail } from '@sveltejs/kit';
import type * as v from 'valibot';
import { AboutInput, AcceptInput, ModelInput, PostInput } from '#lib/forum/input.ts';
import { acceptAnswer, getThreadPage, hidePost, markModel, reportPost } from '#lib/server/forum/thread-page.ts';
import { reply } from '#lib/server/forum/write.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getThreadPage(locals.ctx, params.thread);

/** Reads one form, does one thing and says what came of it. */
function action<S extends v.GenericSchema>(
	did: string,
	schema: S,
	act: (ctx: Context, threadId: string, data: v.InferOutput<S>) => Promise<unknown>
) {
	return async ({ locals, params, request }: RequestEvent) => {
		const form = await readForm(request, schema);
		if (!form.ok) return fail(400, { did, issues: form.issues, values: form.values });
		try {
			await act(locals.ctx, params.thread, form.data);
			return { did, isDone: true };
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { did, ...refused });
		}
	};
}

export const actions: Actions = {
	reply: action('reply', PostInput, (ctx, id, { body }) => reply(ctx, id, body)),
	accept: action('accept', AcceptInput, (ctx, id, { postId }) => acceptAnswer(ctx, id, postId)),
	report: action('report', AboutInput, reportPost),
	hide: action('hide', AboutInput, hidePost),
	model: action('model', ModelInput, (ctx, id, { isModel }) => markModel(ctx, id, isModel))
};
