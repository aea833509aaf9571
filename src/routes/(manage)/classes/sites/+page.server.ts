import { listInvitations } from '#lib/server/training/site-list.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ invitations: await listInvitations(locals.ctx) });
