import { json } from '@sveltejs/kit';
import { getLectureStatus } from '#lib/server/lectures/media.ts';
import type { RequestHandler } from './$types';

/** How the newest file of a lecture stands; asked every two seconds by the trainer's page. */
export const GET: RequestHandler = async ({ locals, params }) =>
	json(await getLectureStatus(locals.ctx, params.lecture), { headers: { 'cache-control': 'private, no-store' } });
