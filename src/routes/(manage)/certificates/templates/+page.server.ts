import { listTemplates } from '#lib/server/certificates/templates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ units: await listTemplates(locals.ctx) });
