import { getProgrammePage } from '#lib/server/learning/programme-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getProgrammePage(locals.ctx, params.programme);
