import { readTargetsFilter } from '#lib/indicators/input.ts';
import { listClasses } from '#lib/server/indicators/list-summoned.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readTargetsFilter(url.searchParams);
	return { list: await listClasses(locals.ctx, filter), filter };
};
