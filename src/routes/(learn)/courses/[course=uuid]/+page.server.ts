import { getPublishedCourse } from '#lib/server/catalogue/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getPublishedCourse(locals.ctx, params.course);
