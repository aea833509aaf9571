import { getProgrammeList } from '#lib/server/learning/programme-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => getProgrammeList(locals.ctx);
