import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { BringListInput } from '#lib/training/list-input.ts';
import { getManagedClass } from '#lib/server/training/classes.ts';
import { bringList } from '#lib/server/training/list-import/bring-list.ts';
import { listImportsOf } from '#lib/server/training/list-import/pages.ts';
import { classStage } from '#lib/server/training/list-import/target.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const activity = await getManagedClass(locals.ctx, params.activity);
	return {
		activity: { id: activity.id, title: activity.title },
		stage: await classStage(locals.ctx, locals.ctx.db, activity),
		importId: randomUUID(),
		earlier: await listImportsOf(locals.ctx, { activityId: params.activity })
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, BringListInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let importId: string;
		try {
			({ importId } = await bringList(locals.ctx, { activityId: params.activity }, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...refused, values: { text: form.data.text } });
		}
		redirect(303, `/classes/lists/${importId}`);
	}
};
