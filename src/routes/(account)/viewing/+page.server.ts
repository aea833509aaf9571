import { redirect } from '@sveltejs/kit';
import { endViewing } from '#lib/server/privacy/view-as.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nothing to see; the banner's form is sent here. */
export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
	default: async ({ locals }) => {
		const { viewing, sessionId, ctx } = locals;
		if (!viewing || !sessionId) redirect(303, '/');
		await endViewing(viewing.owner, sessionId, ctx.actor);
		redirect(303, ctx.actor.kind === 'account' ? `/accounts/${ctx.actor.accountId}` : '/');
	}
};
