import { getLearningRecord } from '#lib/server/learning/record.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => getLearningRecord(locals.ctx);
