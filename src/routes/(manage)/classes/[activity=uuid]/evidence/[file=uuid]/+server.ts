import { redirect } from '@sveltejs/kit';
import { evidenceUrl } from '#lib/server/training/evidence.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	redirect(303, await evidenceUrl(locals.ctx, params.activity, params.file));
};
