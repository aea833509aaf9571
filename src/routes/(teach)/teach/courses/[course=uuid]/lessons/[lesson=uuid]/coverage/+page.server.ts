import { getLectureCoverage } from '#lib/server/learning/lecture-coverage.ts';
import { listLectureLearners } from '#lib/server/learning/lecture-learners.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const page = Math.floor(Number(url.searchParams.get('page'))) || 1;
	return {
		...(await getLectureCoverage(ctx, params.course, params.lesson)),
		learners: await listLectureLearners(ctx, params.course, params.lesson, page)
	};
};
