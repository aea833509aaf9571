import { listPeriods } from '#lib/server/reporting/periods.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => listPeriods(locals.ctx);
