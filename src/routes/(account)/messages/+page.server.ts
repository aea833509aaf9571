import { redirect } from '@sveltejs/kit';
import { can } from '#lib/server/identity/permissions.ts';
import { listInbox, readAll } from '#lib/server/notifications/inbox.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	const isUnreadOnly = url.searchParams.get('show') === 'unread';
	return {
		page,
		isUnreadOnly,
		canSend: can(locals.ctx.actor, 'announcement:send'),
		canEditTexts: can(locals.ctx.actor, 'messages:manage'),
		canSeeLog: can(locals.ctx.actor, 'system:operate'),
		...(await listInbox(locals.ctx, { page, isUnreadOnly, locale: locals.locale }))
	};
};

export const actions: Actions = {
	readAll: async ({ locals }) => {
		await readAll(locals.ctx);
		redirect(303, '/messages');
	}
};
