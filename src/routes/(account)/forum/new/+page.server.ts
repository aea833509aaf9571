import { fail, redirect } from '@sveltejs/kit';
import { TopicInput } from '#lib/forum/input.ts';
import { listBoards } from '#lib/server/forum/lists.ts';
import { openTopic } from '#lib/server/forum/write.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ boards: await listBoards(locals.ctx) });

export const actions: Actions = {
	default: async ({ locals, request }) => {
		const form = await readForm(request, TopicInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let threadId: string;
		try {
			threadId = await openTopic(locals.ctx, form.data);
		} catch (error) {
			return fail(...refusal(error));
		}
		redirect(303, `/discussions/${threadId}`);
	}
};
