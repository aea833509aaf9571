import { json } from '@sveltejs/kit';
import { launchScorm } from '#lib/server/learning/scorm.ts';
import type { RequestHandler } from './$types';

/** Opens the lesson's package: the answer is the player's address on the content host. */
export const POST: RequestHandler = async ({ locals, params }) =>
	json(
		await launchScorm(locals.ctx, {
			participationId: params.participation,
			lessonId: params.lesson,
			sessionId: locals.sessionId!
		})
	);
