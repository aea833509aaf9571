// The web process: content of packages on its own host; else uploads and stored media first, then compression and the pages
// built by SvelteKit.
import compression from 'compression';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { visitorsOf } from '#lib/server/identity/request-actor.ts';
import { lectureUploads } from '#lib/server/lectures/uploads.ts';
import { loadConfig } from '#lib/server/platform/config.ts';
import { log } from '#lib/server/platform/log.ts';
import { securityHeaders } from '#lib/server/platform/security-headers.ts';
import { originOf } from '#lib/server/platform/origins.ts';
import { processServices } from '#lib/server/platform/services.ts';
import { serveSignedObjects } from '#lib/server/platform/storage/serve.ts';
import { createUploadServer } from '#lib/server/platform/uploads/server.ts';
import { packageUploads } from '#lib/server/scorm/uploads.ts';
import { stopInOrder } from './stop.ts';
import { contentHost } from './web/content-host.ts';
import { hostGuard } from './web/origin.ts';
import { nameRequest } from './web/request-id.ts';

/** Requests under way may go on this long after a stop. */
const GRACE_MS = 10_000;

/** Answers a request or leaves it to the next one by resolving to false. */
type Mount = (req: IncomingMessage, res: ServerResponse) => Promise<boolean>;
type Handler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;

const config = loadConfig();
const services = await processServices();

// The built handler reads these when it is imported.
const origin = originOf(config);
process.env.BODY_SIZE_LIMIT = String(config.formMaxBytes);
if (origin) process.env.ORIGIN = origin;
else Object.assign(process.env, { HOST_HEADER: 'host', PROTOCOL_HEADER: 'x-buc-giang-protocol' });
/** Also on static files, stored objects and what fails before a page is reached. */
const safe = Object.entries(securityHeaders(origin?.startsWith('https:') ?? false));
const built = path.resolve(import.meta.dirname, '../../build/handler.js');
const { handler: pages } = (await import(built)) as { handler: Handler };

const uploads = await createUploadServer(
	services,
	[lectureUploads(config), packageUploads(config)],
	visitorsOf(services)
);
const contentFor = await contentHost(services);
const mounts: Mount[] = [hostGuard(config, origin), uploads.handle];
if (!config.s3) mounts.push(serveSignedObjects(config, services.storage));

/** Pages only: static files are compressed beforehand, and an event stream must not wait in a buffer. */
const compress = compression({
	filter: (req, res) => !/event-stream/.test(String(res.getHeader('Content-Type'))) && compression.filter(req, res)
}) as unknown as Handler;

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
	nameRequest(req, res, Boolean(config.addressHeader));
	const content = contentFor(req);
	if (content) return compress(req, res, (error) => void (error ? fail(res, error) : content(req, res)));
	for (const [name, value] of safe) res.setHeader(name, value);
	for (const mount of mounts) if (await mount(req, res)) return;
	compress(req, res, (error) => (error ? fail(res, error) : pages(req, res, (e) => fail(res, e))));
}

function fail(res: ServerResponse, error?: unknown): void {
	if (error) log.error({ err: error }, 'request failed outside the pages');
	if (res.headersSent) res.destroy();
	else res.writeHead(error ? 500 : 404, { 'Content-Type': 'text/plain; charset=utf-8' }).end();
}

const server = createServer((req, res) => void answer(req, res).catch((error: unknown) => fail(res, error)));
server.requestTimeout = 0; // an upload over a village's line takes hours
server.headersTimeout = 60_000;
server.keepAliveTimeout = 65_000; // longer than a reverse proxy's, which must be the one to close

stopInOrder(async (reason) => {
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	process.emit('sveltekit:shutdown' as never, reason as never);
	// Again and again: a connection kept alive after its last request would hold the stop up until its client lets go.
	const idle = setInterval(() => server.closeIdleConnections(), 100);
	const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
	await closed;
	clearInterval(idle);
	clearTimeout(cut);
	await uploads.close();
	await services.close();
});

server.once('error', (error) => {
	log.fatal({ err: error }, 'could not listen');
	process.exit(1);
});
server.listen(config.port, config.host, () => log.info({ host: config.host, port: config.port, origin }, 'listening'));
