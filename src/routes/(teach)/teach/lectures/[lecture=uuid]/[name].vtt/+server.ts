import { getPreviewTrack } from '#lib/server/lectures/media.ts';
import { TRACK_TYPE } from '#lib/server/lectures/playlists.ts';
import type { RequestHandler } from './$types';

/** Captions or chapters for trainers and approvers (WebVTT). */
export const GET: RequestHandler = async ({ locals, params }) =>
	new Response(await getPreviewTrack(locals.ctx, params.lecture, params.name), {
		headers: { 'content-type': TRACK_TYPE, 'cache-control': 'private, no-store' }
	});
