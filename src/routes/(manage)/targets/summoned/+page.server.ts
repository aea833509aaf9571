import { readTargetsFilter } from '#lib/indicators/input.ts';
import { listSummoned } from '#lib/server/indicators/list-summoned.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readTargetsFilter(url.searchParams);
	return { list: await listSummoned(locals.ctx, filter), filter };
};
