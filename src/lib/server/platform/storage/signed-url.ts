import { createHmac, timingSafeEqual } from 'node:crypto';
import { expiryOf } from './expiry.ts';
import type { SignedUrlOptions } from './object-store.ts';

/** Path below which the web process serves the objects of the filesystem driver. */
export const MEDIA_PATH = '/media/';

/** What a valid signed address asks for. */
export type SignedRequest = Readonly<{ key: string; expiresAtS: number; downloadName?: string; contentType?: string }>;

/**
 * `/media/<key>?e=<expiry, seconds>&n=<download name>&t=<content type>&s=<HMAC-SHA-256, base64url>`. The signature covers
 * everything before it, so neither the name nor the type can be changed on the way.
 */
export function signPath(signingKey: Buffer, key: string, options: SignedUrlOptions, nowMs = Date.now()): string {
	const query = new URLSearchParams({ e: String(expiryOf(nowMs, options.expiresInS)) });
	if (options.downloadName) query.set('n', options.downloadName);
	if (options.contentType) query.set('t', options.contentType);
	const unsigned = `${MEDIA_PATH}${key}?${query}`;
	return `${unsigned}&s=${signature(signingKey, unsigned)}`;
}

/** The request that a path and query stand for; undefined when forged, altered or expired. */
export function readSignedPath(
	signingKey: Buffer,
	pathAndQuery: string,
	nowMs = Date.now()
): SignedRequest | undefined {
	const at = pathAndQuery.lastIndexOf('&s=');
	if (at < 0 || !pathAndQuery.startsWith(MEDIA_PATH)) return undefined;
	const unsigned = pathAndQuery.slice(0, at);
	const given = Buffer.from(pathAndQuery.slice(at + 3));
	const expected = Buffer.from(signature(signingKey, unsigned));
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;

	const url = new URL(unsigned, 'http://localhost');
	const expiresAtS = Number(url.searchParams.get('e'));
	if (!(expiresAtS * 1000 > nowMs)) return undefined;
	return {
		key: url.pathname.slice(MEDIA_PATH.length),
		expiresAtS,
		downloadName: url.searchParams.get('n') ?? undefined,
		contentType: url.searchParams.get('t') ?? undefined
	};
}

function signature(signingKey: Buffer, text: string): string {
	return createHmac('sha256', signingKey).update(text).digest('base64url');
}
