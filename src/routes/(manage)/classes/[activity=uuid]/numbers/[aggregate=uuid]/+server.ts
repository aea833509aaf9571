import { redirect } from '@sveltejs/kit';
import { aggregateEvidenceUrl } from '#lib/server/training/aggregates.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	redirect(303, await aggregateEvidenceUrl(locals.ctx, params.activity, params.aggregate));
};
