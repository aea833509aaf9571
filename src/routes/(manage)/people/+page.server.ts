import { listPeople } from '#lib/server/organisation/people-pages.ts';
import { countHistoryClaims } from '#lib/server/training/history/list-claims.ts';
import { countCandidates } from '#lib/server/training/list-import/pages.ts';
import { peopleFilterOf } from './filter.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = peopleFilterOf(url);
	const [candidateCount, claimCount] = [await countCandidates(locals.ctx), await countHistoryClaims(locals.ctx)];
	return { filter, candidateCount, claimCount, ...(await listPeople(locals.ctx, filter)) };
};
