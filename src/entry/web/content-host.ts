import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { CommitRequest, EndRequest, LeftRequest, OpenRequest } from '#lib/scorm/runtime/protocol.ts';
import { settleScormLesson } from '#lib/server/learning/scorm.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import { isUnavailable } from '#lib/server/platform/failure.ts';
import { log } from '#lib/server/platform/log.ts';
import { contentOriginOf, isContentHost, originOf } from '#lib/server/platform/origins.ts';
import type { Services } from '#lib/server/platform/services.ts';
import { parseRange } from '#lib/server/platform/storage/range.ts';
import { takeCommits, takeLeftCommits } from '#lib/server/scorm/runtime/commit.ts';
import { findFile } from '#lib/server/scorm/runtime/find-file.ts';
import { endLaunch, findLaunch, keepAlive, type Launch } from '#lib/server/scorm/runtime/launches.ts';
import { manifestOf } from '#lib/server/scorm/runtime/manifests.ts';
import { keepEngine, openItem } from '#lib/server/scorm/runtime/open-item.ts';
import { contentHeaders } from './content-headers.ts';
import { openPlayerFiles, playerPage } from './player-files.ts';

/** Body of a commit: an item's values at most, and the state of a sequencing engine. */
const BODY_MAX_BYTES = 4 * 1024 ** 2;

/** Where a request goes: `/l/<token>/player`, `/l/<token>/f/<path>`, `/l/<token>/<call>`. */
const LAUNCH_PATH = /^\/l\/([\w-]{32})\/(player|open|commit|left|alive|end|f\/[^?#]*)(?:[?#]|$)/;

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/**
 * The host on which content of packages runs: the player, files of packages, and what content has to tell; nothing else
 * answers there, and no cookie of ours is ever sent to it. The token in the path, bound to a learner's launch, is the only
 * key. Undefined for requests to other hosts.
 */
export async function contentHost(services: Services): Promise<(req: IncomingMessage) => Handler | undefined> {
	const { config } = services;
	const files = await openPlayerFiles();
	const lmsOrigin = originOf(config);
	const headers = contentHeaders({
		lmsOrigin,
		storageOrigin: services.storage.publicOrigin,
		isHttps: contentOriginOf(config)?.startsWith('https:')
	});

	const handle: Handler = async (req, res) => {
		for (const [name, value] of headers) res.setHeader(name, value);
		try {
			if (refuse(req, res)) return;
			if (files.answer(req, res)) return;
			const [, token, call] = LAUNCH_PATH.exec(req.url ?? '') ?? [];
			if (!token || !call) return end(res, 404);
			const ctx = services.systemContext(String(req.headers['x-request-id']));
			if (call.startsWith('f/')) await sendFile(ctx, req, res, token, call.slice(2));
			else if (call === 'player') await sendPlayer(ctx, res, token, lmsOrigin);
			else if (req.method === 'POST') sendJson(res, await answer(ctx, token, call, await bodyOf(req)));
			else end(res.setHeader('Allow', 'POST'), 405);
		} catch (error) {
			fail(res, error);
		}
	};

	async function sendPlayer(ctx: Context, res: ServerResponse, token: string, lms: string | undefined): Promise<void> {
		const launch = await findLaunch(ctx.db, token);
		if (!launch || launch.isEnded) return end(res, 404);
		const { standard } = await manifestOf(ctx.db, launch);
		res.setHeader('Cache-Control', 'no-store').setHeader('Content-Type', 'text/html; charset=utf-8');
		res.end(playerPage({ script: files.scriptFor(standard), lmsOrigin: lms ?? '*', attemptId: launch.attemptId }));
	}
	return (req) => (isContentHost(config, req.headers.host ?? '') ? handle : undefined);
}

/** What no content may have: a worker that would answer for the host, and changes sent from elsewhere. */
function refuse(req: IncomingMessage, res: ServerResponse): boolean {
	const { origin, host } = req.headers;
	const isWorker = req.headers['service-worker'] === 'script';
	const isForeign = req.method === 'POST' && origin !== undefined && !origin.endsWith(`//${host}`);
	if (isWorker || isForeign) end(res, 403);
	return isWorker || isForeign;
}

/** Calls of the player. @throws {DomainError} for what is refused */
async function answer(ctx: Context, token: string, call: string, body: string): Promise<object> {
	if (call === 'commit' || call === 'left') {
		const launch = call === 'commit' ? undefined : await findLaunch(ctx.db, token);
		if (call === 'commit') return takeCommits(ctx, token, read(CommitRequest, body), settleAs);
		return launch ? takeLeftCommits(ctx, token, read(LeftRequest, body), settleAs) : { ok: false, code: 'over' };
	}
	const launch = await findLaunch(ctx.db, token);
	if (!launch || launch.isEnded) return { ok: false, code: launch?.isSuperseded ? 'elsewhere' : 'over' };
	if (call === 'open') return { ok: true, ...(await openItem(ctx, launch, read(OpenRequest, body), settleAs)) };
	if (call === 'end') {
		const { engine } = read(EndRequest, body);
		if (engine) await ctx.db.transaction((tx) => keepEngine({ ...ctx, db: tx }, tx, launch, engine, settleAs));
		await endLaunch(ctx.db, launch.id);
	}
	if (call === 'alive') await keepAlive(ctx.db, launch);
	return { ok: true };
}

/** A lesson is completed as its learner, whoever's process notices. */
function settleAs(ctx: Context, tx: Context['db'], launch: Launch, standing: Parameters<typeof settleScormLesson>[3]) {
	const actor = {
		kind: 'account',
		accountId: launch.accountId,
		...(launch.personId && { personId: launch.personId }),
		displayName: '',
		grants: []
	} as const;
	return settleScormLesson({ ...ctx, actor }, tx, launch, standing);
}

class BadRequest extends Error {}

function read<S extends v.GenericSchema>(schema: S, body: string): v.InferOutput<S> {
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		throw new BadRequest('no JSON');
	}
	const parsed = v.safeParse(schema, value);
	if (!parsed.success) throw new BadRequest('not what the player sends');
	return parsed.output;
}

/** JSON, also as `text/plain`: a beacon cannot say what it is without asking first. */
async function bodyOf(req: IncomingMessage): Promise<string> {
	if (Number(req.headers['content-length'] ?? 0) > BODY_MAX_BYTES) throw new BadRequest('too large');
	let bytes = 0;
	req.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes > BODY_MAX_BYTES) req.destroy();
	});
	return text(req);
}

async function sendFile(
	ctx: Context,
	req: IncomingMessage,
	res: ServerResponse,
	token: string,
	rawPath: string
): Promise<void> {
	if (req.method !== 'GET' && req.method !== 'HEAD') return end(res.setHeader('Allow', 'GET, HEAD'), 405);
	const path = decoded(rawPath);
	const file = path === undefined ? undefined : await findFile(ctx.db, token, path);
	if (!file || file === 'over') return end(res, file === 'over' ? 403 : 404);
	res.setHeader('ETag', file.etag).setHeader('Cache-Control', 'private, max-age=43200');
	if (req.headers['if-none-match'] === file.etag) return void res.writeHead(304).end();
	res.setHeader('Content-Type', file.contentType).setHeader('Accept-Ranges', 'bytes');
	if (file.contentType === 'application/octet-stream') res.setHeader('Content-Disposition', 'attachment');
	const range = parseRange(req.headers.range, file.sizeBytes);
	if (range === 'unsatisfiable') return end(res.setHeader('Content-Range', `bytes */${file.sizeBytes}`), 416);
	if (range)
		res.writeHead(206, {
			'Content-Range': `bytes ${range.start}-${range.end}/${file.sizeBytes}`,
			'Content-Length': range.end - range.start + 1
		});
	else res.setHeader('Content-Length', file.sizeBytes);
	if (req.method === 'HEAD' || file.sizeBytes === 0) return void res.end();
	await pipeline(await ctx.storage.get(file.key, range), res);
}

function decoded(path: string): string | undefined {
	try {
		return decodeURIComponent(path);
	} catch {
		return undefined;
	}
}

function sendJson(res: ServerResponse, value: object): void {
	res.setHeader('Cache-Control', 'no-store').setHeader('Content-Type', 'application/json');
	res.end(JSON.stringify(value));
}

function end(res: ServerResponse, status: number): void {
	res.setHeader('Cache-Control', 'no-store');
	res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end();
}

function fail(res: ServerResponse, error: unknown): void {
	if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return; // the reader went elsewhere
	const isRefusal = isDomainError(error);
	const status = isRefusal ? error.status : error instanceof BadRequest ? 400 : isUnavailable(error) ? 503 : 500;
	if (status >= 500) log.error({ err: error }, 'content host failed');
	if (res.headersSent) return void res.destroy();
	res.statusCode = status;
	sendJson(res, { ok: false, code: isRefusal ? error.code : status === 400 ? 'invalid' : 'unavailable' });
}
