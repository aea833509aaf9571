import { randomUUID } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { BringListInput } from '#lib/training/list-input.ts';
import { bringList } from '#lib/server/training/list-import/bring-list.ts';
import { listImportsOf } from '#lib/server/training/list-import/pages.ts';
import { getSitePage } from '#lib/server/training/site-list.ts';
import { readForm, refusal } from '#lib/server/platform/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { activity, unitName, stage } = await getSitePage(locals.ctx, params.site);
	return {
		...{ title: activity.title, unitName, stage, siteId: params.site },
		importId: randomUUID(),
		earlier: await listImportsOf(locals.ctx, { siteId: params.site })
	};
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const form = await readForm(request, BringListInput);
		if (!form.ok) return fail(400, { issues: form.issues, values: form.values });
		let importId: string;
		try {
			({ importId } = await bringList(locals.ctx, { siteId: params.site }, form.data));
		} catch (error) {
			const [status, refused] = refusal(error);
			return fail(status, { ...refused, values: { text: form.data.text } });
		}
		redirect(303, `/classes/lists/${importId}`);
	}
};
