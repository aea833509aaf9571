import { listAuthoredCourses } from '#lib/server/catalogue/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const text = url.searchParams.get('q')?.slice(0, 100) ?? '';
	return { text, courses: await listAuthoredCourses(locals.ctx, { text }) };
};
