import { json } from '@sveltejs/kit';
import { findBatch } from '#lib/server/certificates/batch.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
	json((await findBatch(locals.ctx, params.activity)) ?? null);
