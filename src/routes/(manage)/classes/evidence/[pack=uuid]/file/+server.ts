import { redirect } from '@sveltejs/kit';
import { packUrl } from '#lib/server/reporting/evidence-pack/request-pack.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	redirect(303, await packUrl(locals.ctx, params.pack));
};
