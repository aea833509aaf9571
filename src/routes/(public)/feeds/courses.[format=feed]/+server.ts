import { withETag } from '#lib/server/sharing/answer.ts';
import { courseJsonFeed, courseRss } from '#lib/server/sharing/public-courses.ts';
import type { RequestHandler } from './$types';

/** Portals read feeds from pages of their own. */
const ANYBODY = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

export const GET: RequestHandler = async ({ locals, params, request, url }) =>
	params.format === 'json'
		? withETag(request, await courseJsonFeed(locals.ctx, url.origin), 'application/feed+json; charset=utf-8', ANYBODY)
		: withETag(request, await courseRss(locals.ctx, url.origin), 'application/rss+xml; charset=utf-8', ANYBODY);
