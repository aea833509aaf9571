import { listOpenQuestions } from '#lib/server/forum/lists.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => listOpenQuestions(locals.ctx);
