import { redirect } from '@sveltejs/kit';
import { downloadAddress } from '#lib/server/library/read.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	redirect(303, await downloadAddress(locals.ctx, params.item, params.version));
};
