import { createHash } from 'node:crypto';
import { errorText } from '#lib/i18n/errors.ts';
import { isDomainError } from '../platform/errors.ts';
import type { Context } from '../platform/context.ts';
import { DATASETS, readAsked, readDataset, type Dataset } from './datasets.ts';
import { openWithKey, RATE_PER_MINUTE } from './keys.ts';

/**
 * Answers a request of the read API: key, rate, page, ETag. What a rule refuses is told as problem details (RFC 9457).
 * @param request whose `Authorization: Bearer` is the key
 */
export async function answerApi(ctx: Context, name: string, request: Request, url: URL): Promise<Response> {
	try {
		const dataset = DATASETS.find((known) => known === name) as Dataset | undefined;
		if (!dataset) return problem(404, 'page.not_found', {});
		const secret = /^Bearer (\S{1,200})$/.exec(request.headers.get('authorization') ?? '')?.[1];
		const holder = await openWithKey(ctx, secret, dataset);
		const page = await readDataset(ctx, dataset, holder, readAsked(url.searchParams));
		const headers = {
			'ratelimit-limit': String(RATE_PER_MINUTE),
			'ratelimit-remaining': String(holder.remaining),
			...(page.next && { link: `<${nextOf(url, page.next)}>; rel="next"` })
		};
		return withETag(request, JSON.stringify(page), 'application/json; charset=utf-8', headers);
	} catch (error) {
		if (!isDomainError(error)) throw error;
		return problem(error.status, error.code, error.params);
	}
}

/** An answer that is not sent again to whoever has it (RFC 9110, 13.1.2). */
export function withETag(
	request: Request,
	body: string,
	contentType: string,
	headers: Record<string, string> = {}
): Response {
	const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
	const all = { 'cache-control': 'private, no-cache', ...headers, etag, 'content-type': contentType };
	const known = (request.headers.get('if-none-match') ?? '').split(',').map((one) => one.trim());
	return known.includes(etag) || known.includes('*')
		? new Response(null, { status: 304, headers: all })
		: new Response(body, { headers: all });
}

function nextOf(url: URL, cursor: string): string {
	const next = new URL(url);
	next.searchParams.set('cursor', cursor);
	return next.pathname + next.search;
}

function problem(status: number, code: string, params: Readonly<Record<string, string | number>>): Response {
	const wait = 60 - new Date().getSeconds();
	return Response.json(
		{ type: 'about:blank', title: errorText('en', code, params), detail: errorText('vi', code, params), status, code },
		{
			status,
			headers: {
				'content-type': 'application/problem+json; charset=utf-8',
				...(status === 401 && { 'www-authenticate': 'Bearer' }),
				...(status === 429 && { 'retry-after': String(wait) })
			}
		}
	);
}
