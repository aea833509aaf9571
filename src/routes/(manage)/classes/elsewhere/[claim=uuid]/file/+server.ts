import { redirect } from '@sveltejs/kit';
import { claimFileUrl } from '#lib/server/training/elsewhere/lists.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	redirect(303, await claimFileUrl(locals.ctx, params.claim, 'unit'));
};
