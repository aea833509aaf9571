import { json } from '@sveltejs/kit';
import { issuePack } from '#lib/server/learning/offline-pack.ts';
import type { RequestHandler } from './$types';

/** Gives this lesson out to be watched without a network. */
export const POST: RequestHandler = async ({ locals, params }) =>
	json(await issuePack(locals.ctx, { participationId: params.participation, lessonId: params.lesson }));
