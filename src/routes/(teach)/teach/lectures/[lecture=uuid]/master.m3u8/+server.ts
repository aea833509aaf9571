import { getPreviewMaster } from '#lib/server/lectures/media.ts';
import { PLAYLIST_TYPE } from '#lib/server/lectures/playlists.ts';
import type { RequestHandler } from './$types';

/** Master playlist for trainers and approvers (RFC 8216). */
export const GET: RequestHandler = async ({ locals, params }) =>
	new Response(await getPreviewMaster(locals.ctx, params.lecture), {
		headers: { 'content-type': PLAYLIST_TYPE, 'cache-control': 'private, no-store' }
	});
