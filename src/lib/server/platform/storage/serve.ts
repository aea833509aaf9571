import { pipeline } from 'node:stream/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { isDomainError } from '../errors.ts';
import { log } from '../log.ts';
import { deriveKey } from '../secrets.ts';
import { attachment } from './content-disposition.ts';
import { isMedia } from './content-types.ts';
import type { ObjectHead, ObjectStore } from './object-store.ts';
import { parseRange } from './range.ts';
import { MEDIA_PATH, readSignedPath, type SignedRequest } from './signed-url.ts';

/** Answers a request below {@link MEDIA_PATH}; false when the path is not one of those. */
export type MediaHandler = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;

/**
 * Serves the signed addresses of the filesystem driver: one byte range at most, ETag, HEAD (RFC 9110). The signature is the
 * only key to an object, and it is checked before anything is looked up.
 */
export function serveSignedObjects(config: Pick<Config, 'secretKey'>, store: ObjectStore): MediaHandler {
	const signingKey = deriveKey(config, 'signed-url');
	return async (req, res) => {
		if (!req.url?.startsWith(MEDIA_PATH)) return false;
		res.setHeader('X-Content-Type-Options', 'nosniff');
		res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
		res.setHeader('Referrer-Policy', 'no-referrer');
		if (req.method !== 'GET' && req.method !== 'HEAD') {
			refuse(res.setHeader('Allow', 'GET, HEAD'), 405);
			return true;
		}
		const asked = readSignedPath(signingKey, req.url);
		try {
			const found = asked && (await store.head(asked.key));
			if (!asked) refuse(res, 403);
			else if (!found) refuse(res, 404);
			else await answer(req, res, store, asked, found);
		} catch (error) {
			fail(res, error);
		}
		return true;
	};
}

async function answer(
	req: IncomingMessage,
	res: ServerResponse,
	store: ObjectStore,
	asked: SignedRequest,
	found: ObjectHead
): Promise<void> {
	const contentType = asked.contentType ?? found.contentType;
	res.setHeader('ETag', found.etag);
	res.setHeader('Last-Modified', found.modifiedAt.toUTCString());
	const lifeS = Math.max(0, Math.floor(asked.expiresAtS - Date.now() / 1000));
	res.setHeader('Cache-Control', `private, max-age=${lifeS}`);
	if (!isMedia(contentType)) res.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
	if (hasSame(req.headers['if-none-match'], found.etag)) return void res.writeHead(304).end();

	res.setHeader('Content-Type', contentType);
	res.setHeader('Accept-Ranges', 'bytes');
	if (asked.downloadName) res.setHeader('Content-Disposition', attachment(asked.downloadName));
	const ifRange = req.headers['if-range'];
	const isFresh = !ifRange || ifRange === found.etag;
	const range = isFresh ? parseRange(req.headers.range, found.sizeBytes) : undefined;
	if (range === 'unsatisfiable') {
		res.setHeader('Content-Range', `bytes */${found.sizeBytes}`);
		return refuse(res, 416);
	}
	if (range) {
		res.statusCode = 206;
		res.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${found.sizeBytes}`);
	}
	res.setHeader('Content-Length', range ? range.end - range.start + 1 : found.sizeBytes);
	if (req.method === 'HEAD' || found.sizeBytes === 0) return void res.end();
	await pipeline(await store.get(found.key, range), res);
}

/** `If-None-Match` holds a list of tags, each perhaps weak, or `*`. */
function hasSame(header: string | undefined, etag: string): boolean {
	return header?.split(',').some((tag) => [etag, '*'].includes(tag.trim().replace(/^W\//, ''))) ?? false;
}

function refuse(res: ServerResponse, status: number): void {
	for (const name of ['Content-Type', 'Content-Disposition', 'ETag', 'Last-Modified']) res.removeHeader(name);
	res.setHeader('Cache-Control', 'no-store');
	res.writeHead(status).end();
}

function fail(res: ServerResponse, error: unknown): void {
	if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return; // the viewer sought elsewhere
	if (!isDomainError(error)) log.error({ err: error }, 'could not serve an object');
	if (res.headersSent) res.destroy();
	else refuse(res, isDomainError(error) ? error.status : 500);
}
