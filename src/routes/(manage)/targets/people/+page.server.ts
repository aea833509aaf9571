import { readTargetsFilter } from '#lib/indicators/input.ts';
import { listCategories } from '#lib/server/indicators/categories.ts';
import { listTargetPeople } from '#lib/server/indicators/list-people.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readTargetsFilter(url.searchParams);
	const list = await listTargetPeople(locals.ctx, filter);
	return { list, filter, categories: await listCategories(locals.ctx.db) };
};
