import { listDataRequests } from '#lib/server/privacy/requests.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => listDataRequests(locals.ctx);
