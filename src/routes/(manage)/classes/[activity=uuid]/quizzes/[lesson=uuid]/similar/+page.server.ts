import { listAlikePairs } from '#lib/server/learning/quiz-similarity.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
	found: await listAlikePairs(locals.ctx, params.activity, params.lesson)
});
