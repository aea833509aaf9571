import { readTargetsFilter } from '#lib/indicators/input.ts';
import { listTargetActivities } from '#lib/server/indicators/list-activities.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = readTargetsFilter(url.searchParams);
	return { list: await listTargetActivities(locals.ctx, filter), filter };
};
