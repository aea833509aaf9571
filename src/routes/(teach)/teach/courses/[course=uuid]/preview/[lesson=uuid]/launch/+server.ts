import { json } from '@sveltejs/kit';
import { launchPreview } from '#lib/server/catalogue/editor.ts';
import type { RequestHandler } from './$types';

/** Opens the lesson's package for a look: nothing of it is kept. */
export const POST: RequestHandler = async ({ locals, params }) =>
	json(await launchPreview(locals.ctx, params.course, params.lesson, locals.sessionId!));
