import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/identity/local-path.ts';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { confirmNotice } from '#lib/server/identity/service.ts';
import { countOwnOffers } from '#lib/server/training/history/claim.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * Anyone may read the notice, also before signing in; only those signed in can say that they have. Who says so for the
 * first time is then shown what may be their own history.
 */
export const load: PageServerLoad = () => ({ version: NOTICE_VERSION });

export const actions: Actions = {
	default: async ({ locals, url }) => {
		await confirmNotice(locals.ctx);
		const next = localPath(url.searchParams.get('next'));
		redirect(303, next === '/' && (await countOwnOffers(locals.ctx)) > 0 ? '/my/history?first' : next);
	}
};
