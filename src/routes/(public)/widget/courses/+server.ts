import { withETag } from '#lib/server/sharing/answer.ts';
import { courseWidget } from '#lib/server/sharing/public-courses.ts';
import type { RequestHandler } from './$types';

/** May be framed anywhere: it knows no session, and nothing in it acts. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *";

export const GET: RequestHandler = async ({ locals, request, url }) =>
	withETag(request, await courseWidget(locals.ctx, url.origin), 'text/html; charset=utf-8', {
		'content-security-policy': POLICY,
		'cross-origin-resource-policy': 'cross-origin'
	});
