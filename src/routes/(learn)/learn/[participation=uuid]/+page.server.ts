import { getClassForLearner } from '#lib/server/learning/lesson.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => getClassForLearner(locals.ctx, params.participation);
