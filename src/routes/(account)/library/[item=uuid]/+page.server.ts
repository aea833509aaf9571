import { openResource } from '#lib/server/library/read.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => openResource(locals.ctx, params.item);
