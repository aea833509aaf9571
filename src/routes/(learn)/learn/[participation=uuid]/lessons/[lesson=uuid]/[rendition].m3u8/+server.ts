import { getRenditionPlaylist } from '#lib/server/learning/media.ts';
import type { RequestHandler } from './$types';

/** One rendition's playlist, its media behind a short-lived signed address. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const playlist = await getRenditionPlaylist(locals.ctx, {
		participationId: params.participation,
		lessonId: params.lesson,
		rendition: params.rendition
	});
	return new Response(playlist, {
		headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'private, no-store' }
	});
};
