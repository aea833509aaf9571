import { listTexts } from '#lib/server/notifications/texts.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ texts: await listTexts(locals.ctx) });
