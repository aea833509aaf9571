import { getPreviewRendition } from '#lib/server/lectures/media.ts';
import { PLAYLIST_TYPE } from '#lib/server/lectures/playlists.ts';
import type { RequestHandler } from './$types';

/** One rendition's playlist for trainers and approvers, its media behind a short-lived signed address. */
export const GET: RequestHandler = async ({ locals, params }) =>
	new Response(await getPreviewRendition(locals.ctx, params.lecture, params.rendition), {
		headers: { 'content-type': PLAYLIST_TYPE, 'cache-control': 'private, no-store' }
	});
