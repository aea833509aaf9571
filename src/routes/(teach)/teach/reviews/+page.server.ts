import { listForReview } from '#lib/server/catalogue/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
	courses: await listForReview(locals.ctx),
	done: ['approved', 'returned'].find((decision) => decision === url.searchParams.get('done'))
});
