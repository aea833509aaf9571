import { listScormResults } from '#lib/server/learning/scorm-results.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 100;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { activity, results } = await listScormResults(locals.ctx, params.activity);
	const page = Math.max(1, Number(url.searchParams.get('page')) || 1);
	return {
		activity,
		total: results.length,
		results: results.slice((page - 1) * PER_PAGE, page * PER_PAGE),
		page,
		pageCount: Math.ceil(results.length / PER_PAGE)
	};
};
