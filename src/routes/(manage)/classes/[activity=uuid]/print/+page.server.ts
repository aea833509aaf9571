import { getClassPage } from '#lib/server/training/class-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { activity, participants, register } = await getClassPage(locals.ctx, params.activity);
	return {
		...{ activity, participants, isSheet: url.searchParams.has('sheet') },
		sitting: register.sessions.find(({ id }) => id === url.searchParams.get('session'))
	};
};
