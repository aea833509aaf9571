import { redirect } from '@sveltejs/kit';
import { confirmReceipt, getMessagePage } from '#lib/server/notifications/read-announcement.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening a message reads it; one that leads somewhere leads there at once. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const page = await getMessagePage(locals.ctx, params.message, locals.locale);
	if (page.message.path) redirect(303, page.message.path);
	return page;
};

export const actions: Actions = {
	confirm: async ({ locals, params }) => {
		await confirmReceipt(locals.ctx, params.message);
		redirect(303, `/messages/${params.message}`);
	}
};
