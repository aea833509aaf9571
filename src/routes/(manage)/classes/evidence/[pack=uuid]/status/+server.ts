import { json } from '@sveltejs/kit';
import { getPackProgress } from '#lib/server/reporting/evidence-pack/request-pack.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => json(await getPackProgress(locals.ctx, params.pack));
