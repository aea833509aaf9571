import { getLectureCoverage } from '#lib/server/learning/lecture-coverage.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	getLectureCoverage(locals.ctx, params.course, params.lesson);
