import { json } from '@sveltejs/kit';
import { startPlayback } from '#lib/server/learning/playback.ts';
import type { RequestHandler } from './$types';

/** Starts the live playback of this lesson on this device. */
export const POST: RequestHandler = async ({ locals, params, request }) =>
	json(
		await startPlayback(locals.ctx, {
			participationId: params.participation,
			lessonId: params.lesson,
			userAgent: request.headers.get('user-agent') ?? undefined
		})
	);
