import { getTextTrack } from '#lib/server/learning/media.ts';
import { TRACK_TYPE } from '#lib/server/lectures/playlists.ts';
import type { RequestHandler } from './$types';

/** Captions or chapters of a lesson's lecture (WebVTT). */
export const GET: RequestHandler = async ({ locals, params }) => {
	const where = { participationId: params.participation, lessonId: params.lesson };
	const track = await getTextTrack(locals.ctx, { ...where, name: params.name });
	return new Response(track, { headers: { 'content-type': TRACK_TYPE, 'cache-control': 'private, no-store' } });
};
