import { getMasterPlaylist } from '#lib/server/learning/media.ts';
import type { RequestHandler } from './$types';

/** Master playlist (RFC 8216); its renditions are addressed beside it. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const where = { participationId: params.participation, lessonId: params.lesson };
	const playlist = await getMasterPlaylist(locals.ctx, where, (rendition) => `${rendition}.m3u8`);
	return new Response(playlist, {
		headers: { 'content-type': 'application/vnd.apple.mpegurl', 'cache-control': 'private, no-store' }
	});
};
