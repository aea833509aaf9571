import { json } from '@sveltejs/kit';
import { readWall } from '#lib/server/training/attendance/windows.ts';
import type { RequestHandler } from './$types';

/** The code that holds now, for a wall that is up for hours. */
export const GET: RequestHandler = async ({ locals, params, url }) =>
	json(await readWall(locals.ctx, { activityId: params.activity, sessionId: params.session }, url.origin));
