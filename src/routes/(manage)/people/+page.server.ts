import { listPeople } from '#lib/server/organisation/people-pages.ts';
import { countCandidates } from '#lib/server/training/list-import/pages.ts';
import { peopleFilterOf } from './filter.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = peopleFilterOf(url);
	return { filter, candidateCount: await countCandidates(locals.ctx), ...(await listPeople(locals.ctx, filter)) };
};
