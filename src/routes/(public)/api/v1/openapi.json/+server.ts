import { withETag } from '#lib/server/sharing/answer.ts';
import { openApiDocument } from '#lib/server/sharing/openapi.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ request, url }) =>
	withETag(request, JSON.stringify(openApiDocument(url.origin)), 'application/json; charset=utf-8');
