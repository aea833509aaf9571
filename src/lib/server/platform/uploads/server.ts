import { ERRORS, Metadata, Server } from '@tus/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { formatBytes } from '#lib/i18n/format.ts';
import type { Actor } from '../../identity/actor.ts';
import type { Context } from '../context.ts';
import { DomainError, isDomainError } from '../errors.ts';
import { recordOf } from '../failure.ts';
import { log } from '../log.ts';
import type { Services } from '../services.ts';
import type { UploadKind, UploadRow } from './kind.ts';
import { openUploadLocker } from './locker.ts';
import { openUploadStore, type UploadStore } from './store.ts';
import { parseUploadId, uploadId, type UploadTarget } from './target.ts';

/** Path below which large files are uploaded, by the resumable upload protocol (tus.io, 1.0.0). */
const UPLOADS_PATH = '/uploads';

/** How long a question waits for the request that holds the upload. */
const LOCK_WAIT_MS = 20_000;

/** Answers a request below {@link UPLOADS_PATH}; false when the path is not one of those. */
export type UploadServer = Readonly<{
	handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
	close(): Promise<void>;
}>;

/** How the product tells who sends; the server of uploads does not know accounts. */
export type Visitors = Readonly<{
	actorOf(cookieHeader: string | undefined, now: Date): Promise<Actor>;
	/** False for a change that another site's page asks for. */
	isOwnRequest(req: IncomingMessage): boolean;
}>;

type Asked = Readonly<{ ctx: Context; target: UploadTarget; row: UploadRow }>;

/**
 * Takes files of any size in pieces that may be sent again. Every request is checked for itself: session, the actor's
 * units, the one revision it names. What a client lost with a broken connection it asks for with HEAD.
 * A "no" is answered as JSON `{ code, params }`, whose sentence the page knows.
 */
export async function createUploadServer(
	services: Services,
	kinds: readonly UploadKind[],
	visitors: Visitors
): Promise<UploadServer> {
	const { config, storage } = services;
	const store = openUploadStore(config, kinds);
	const locker = await openUploadLocker(config.databaseUrl);

	/** @throws {DomainError} `not_found` for an address that was not made by us */
	function kindOf(target: UploadTarget): UploadKind {
		const kind = kinds.find(({ name }) => name === target.kind);
		if (!kind) throw new DomainError('not_found', 'upload.no_such_upload');
		return kind;
	}

	async function contextOf(cookie: string | undefined, requestId: string): Promise<Context> {
		const now = new Date();
		return { ...services.systemContext(requestId), actor: await visitors.actorOf(cookie, now), now };
	}

	async function adopt(ctx: Context, target: UploadTarget, sizeBytes: number, name: string): Promise<void> {
		await store.adopt(storage, target, sizeBytes);
		await kindOf(target).finish(ctx, target, { name, sizeBytes });
		await store.forget(storage, target);
	}

	const tus = new Server({
		path: UPLOADS_PATH,
		datastore: store.dataStore,
		locker,
		relativeLocation: true,
		maxSize: Math.max(...kinds.map(({ maxBytes }) => maxBytes)),
		allowedOrigins: () => false,
		namingFunction: (_, metadata) => store.nameOf(targetOf(metadata)),
		// The stores know an upload by a file name or by a key; addresses have one form.
		generateUrl: (req, { path }) => {
			const metadata = Metadata.parse(req.headers.get('upload-metadata') ?? '');
			return `${path}/${uploadId(targetOf(metadata))}`;
		},
		getFileIdFromRequest: (_, lastPart) => {
			const target = parseUploadId(lastPart ?? '');
			return target && store.nameOf(target);
		},
		async onUploadFinish(req, upload) {
			const cookie = req.headers.get('cookie') ?? undefined;
			const requestId = req.headers.get('x-request-id') ?? 'upload';
			const ctx = await contextOf(cookie, requestId);
			const target = targetOf(upload.metadata);
			try {
				await adopt(ctx, target, upload.size ?? 0, fileNameOf(upload.metadata, kindOf(target)));
			} catch (error) {
				// The bytes are safe; the client asks again and the HEAD below ends what was begun here.
				log.warn({ err: error, ...target }, 'could not finish an upload yet');
				throw { status_code: 503, body: 'not finished\n' };
			}
			return {};
		},
		onResponseError(_, error) {
			if (!('status_code' in error)) log.error({ err: error }, 'upload failed');
			return undefined;
		}
	});

	/** Who asks for which upload, checked. */
	async function ask(req: IncomingMessage): Promise<Asked> {
		if (!visitors.isOwnRequest(req)) throw new DomainError('forbidden', 'identity.not_permitted');
		const ctx = await contextOf(req.headers.cookie, String(req.headers['x-request-id'] ?? 'upload'));
		const target = parseUploadId(req.method === 'POST' ? (metadataOf(req)?.upload ?? '') : lastPart(req));
		if (!target) throw new DomainError('not_found', 'upload.no_such_upload');
		return { ctx, target, row: await kindOf(target).find(ctx, target) };
	}

	/** A client asks how far its upload is: one that is whole, but was not handed over before a crash, is handed over now. */
	async function finishWhole({ ctx, target }: Asked, res: ServerResponse): Promise<boolean> {
		const name = store.nameOf(target);
		const lock = locker.newLock(name);
		await lock.lock(AbortSignal.timeout(LOCK_WAIT_MS), () => {}); // the last piece may still be on its way in
		try {
			// Looked for before the row is read: handing over changes the row first and forgets the upload then.
			const upload = await store.dataStore.getUpload(name).catch(() => undefined);
			const { storedBytes } = await kindOf(target).find(ctx, target);
			if (storedBytes !== null) return whole(res, storedBytes);
			if (upload?.size === undefined || upload.offset !== upload.size) return false;
			await adopt(ctx, target, upload.size, fileNameOf(upload.metadata, kindOf(target)));
			return whole(res, upload.size);
		} finally {
			await lock.unlock();
		}
	}

	/** What the protocol's own server must not decide: limits before a start, and uploads that are over. */
	async function answerFirst(asked: Asked, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
		const { ctx, target, row } = asked;
		const { isOpen, storedBytes } = row;
		if (req.method === 'POST') {
			if (!isOpen) throw new DomainError('conflict', 'upload.over');
			const sizeBytes = Number(req.headers['upload-length']);
			await admit(store, kindOf(target).maxBytes, sizeBytes);
			await kindOf(target).admit?.(ctx, target, sizeBytes);
			await store.discard(target); // an upload that starts anew forgets the old bytes
			return false;
		}
		if (req.method === 'PATCH') await store.assertRoom(0);
		if (req.method === 'HEAD' && isOpen) return finishWhole(asked, res);
		if (isOpen) return false;
		if (req.method === 'HEAD' && storedBytes !== null) return whole(res, storedBytes);
		throw new DomainError('not_found', 'upload.no_such_upload');
	}

	return {
		async handle(req, res) {
			if (!/^\/uploads(?:[/?]|$)/.test(req.url ?? '')) return false;
			res.setHeader('Cache-Control', 'no-store');
			if (req.method === 'GET') return refuse(res, 405, { code: 'page.not_found' });
			try {
				if (req.method !== 'OPTIONS' && (await answerFirst(await ask(req), req, res))) return true;
				await tus.handle(req, res);
			} catch (error) {
				if (isDomainError(error)) return refuse(res, statusOf(error), { code: error.code, params: error.params });
				log.error({ error: recordOf(error) }, 'upload request failed');
				return refuse(res, 503, { code: 'page.internal' });
			}
			return true;
		},
		close: locker.close
	};
}

/** @throws {DomainError} `upload.too_large`, `upload.empty_file`, `upload.disk_full` */
async function admit(store: UploadStore, maxBytes: number, sizeBytes: number): Promise<void> {
	if (!Number.isSafeInteger(sizeBytes) || sizeBytes <= 0) throw new DomainError('invalid', 'upload.empty_file');
	if (sizeBytes > maxBytes) throw new DomainError('invalid', 'upload.too_large', { limit: formatBytes(maxBytes) });
	await store.assertRoom(sizeBytes);
}

type UploadMetadata = Record<string, string | null> | undefined;

function metadataOf(req: IncomingMessage): UploadMetadata {
	try {
		return Metadata.parse(String(req.headers['upload-metadata'] ?? ''));
	} catch {
		throw new DomainError('invalid', 'upload.no_such_upload');
	}
}

/** `upload` in the metadata names the revision, in the form of the address. */
function targetOf(metadata: UploadMetadata): UploadTarget {
	const target = parseUploadId(metadata?.upload ?? '');
	if (!target) throw ERRORS.INVALID_METADATA;
	return target;
}

/** The name as the person knows the file: shown and never used as a path. */
function fileNameOf(metadata: UploadMetadata, { unnamed }: UploadKind): string {
	const name = metadata?.filename?.normalize('NFC').replace(/[\p{Cc}/\\]/gu, '') ?? '';
	return name.slice(0, 200) || unnamed;
}

const lastPart = (req: IncomingMessage) => /^\/uploads\/([^/?]+)$/.exec(req.url ?? '')?.[1] ?? '';

function whole(res: ServerResponse, sizeBytes: number): true {
	const size = String(sizeBytes);
	res.writeHead(200, { 'Tus-Resumable': '1.0.0', 'Upload-Offset': size, 'Upload-Length': size }).end();
	return true;
}

/** 507 and 413 tell a client at once that trying again is no use. */
function statusOf(error: DomainError): number {
	if (error.code === 'upload.disk_full') return 507;
	if (error.code.startsWith('storage.')) return 503;
	return error.code === 'upload.too_large' ? 413 : error.status;
}

function refuse(res: ServerResponse, status: number, body: { code: string; params?: object }): true {
	res.writeHead(status, { 'Content-Type': 'application/json', 'Tus-Resumable': '1.0.0', Connection: 'close' });
	res.end(JSON.stringify(body));
	return true;
}
