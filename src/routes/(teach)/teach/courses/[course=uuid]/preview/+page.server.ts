import { getPreview } from '#lib/server/catalogue/editor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => getPreview(locals.ctx, params.course);
