import { redirect } from '@sveltejs/kit';
import { localPath } from '#lib/identity/local-path.ts';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { confirmNotice } from '#lib/server/identity/service.ts';
import type { Actions, PageServerLoad } from './$types';

/** Anyone may read the notice, also before signing in; only those signed in can say that they have. */
export const load: PageServerLoad = () => ({ version: NOTICE_VERSION });

export const actions: Actions = {
	default: async ({ locals, url }) => {
		await confirmNotice(locals.ctx);
		redirect(303, localPath(url.searchParams.get('next')));
	}
};
