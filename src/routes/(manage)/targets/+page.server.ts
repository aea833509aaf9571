import { readTargetsFilter } from '#lib/indicators/input.ts';
import { can } from '#lib/server/identity/permissions.ts';
import { getTargetsPage } from '#lib/server/indicators/service.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readTargetsFilter(url.searchParams);
	return {
		page: await getTargetsPage(locals.ctx, filter),
		sort: filter.sort ?? 'name',
		maySet: can(locals.ctx.actor, 'targets:manage')
	};
};
