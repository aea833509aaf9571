import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import { expect } from 'vitest';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { createSession } from '#lib/server/identity/sessions.ts';
import { accounts, roleGrants } from '#lib/server/identity/tables.ts';
import { findRevision } from '#lib/server/lectures/queries.ts';
import { addLecture, beginUpload } from '#lib/server/lectures/service.ts';
import { lectureRevisions } from '#lib/server/lectures/tables.ts';
import { visitorsOf } from '#lib/server/identity/request-actor.ts';
import { lectureUploads } from '#lib/server/lectures/uploads.ts';
import { createUploadServer } from '#lib/server/platform/uploads/server.ts';
import { units } from '#lib/server/organisation/tables.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { prepareObjectStore } from '#lib/server/platform/storage/open.ts';
import { sentJobs } from '../support/jobs.ts';
import { canRunOnS3, startRadosgw } from '../support/radosgw.ts';
import { as, test as base } from '../support/test.ts';

const KIB = 1024;

const test = base
	.extend('unit', async ({ ctx }) => {
		const [unit] = await ctx.db.insert(units).values({ code: 'MH', path: '1' }).returning({ id: units.id });
		return unit!.id;
	})
	.extend('web', async ({ services }, { onCleanup }) => {
		const web = await serve(services);
		onCleanup(web.close);
		return web;
	});

/** A web process's uploads on a port of their own. */
async function serve(services: Services) {
	const uploads = await createUploadServer(services, [lectureUploads(services.config)], visitorsOf(services));
	const server = createServer((req, res) => void uploads.handle(req, res));
	const port = await listen(server);
	const close = async () => {
		server.closeAllConnections();
		server.close();
		await uploads.close();
	};
	return { port, close };
}

async function listen(server: Server | net.Server): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** A line that breaks all its connections every `everyMs`, and carries `bytesPerS` at most. */
async function brokenLine(to: number, { everyMs, bytesPerS }: { everyMs: number; bytesPerS: number }) {
	const open = new Set<net.Socket>();
	let cuts = 0;
	const server = net.createServer((near) => {
		const far = net.connect(to, '127.0.0.1');
		for (const socket of [near, far]) {
			open.add(socket);
			socket.on('error', () => {});
			socket.on('close', () => open.delete(socket));
		}
		far.pipe(near);
		near.on('data', (bytes) => {
			near.pause();
			far.write(bytes);
			setTimeout(() => near.resume(), (bytes.length / bytesPerS) * 1000);
		});
		near.on('close', () => far.destroy());
	});
	const timer = setInterval(() => {
		cuts += open.size > 0 ? 1 : 0;
		for (const socket of open) socket.destroy();
	}, everyMs);
	const port = await listen(server);
	const close = () => {
		clearInterval(timer);
		for (const socket of open) socket.destroy();
		server.close();
	};
	return { port, close, cuts: () => cuts };
}

/** A trainer of the unit with a live session. */
async function aTrainer(services: Services, unitId: string) {
	const { db } = services.pool;
	const [account] = await db
		.insert(accounts)
		.values({
			displayName: 'Giảng viên',
			username: `gv-${randomUUID()}`,
			passwordHash: 'x',
			noticeVersion: NOTICE_VERSION
		})
		.returning({ id: accounts.id });
	const accountId = account!.id;
	await db.insert(roleGrants).values({ accountId, role: 'trainer', unitId, validFrom: '2020-01-01' });
	const { token } = await createSession(db, { accountId, isSharedMachine: false, now: new Date() });
	const grants = [{ role: 'trainer' as const, unitId, unitPath: '1' }];
	const actor = { kind: 'account' as const, accountId, displayName: 'Giảng viên', grants };
	const ctx = as(services.systemContext('test'), actor);
	return { accountId, ctx, cookie: `session=${token}` };
}

type Trainer = Awaited<ReturnType<typeof aTrainer>>;

async function aTarget({ ctx }: Trainer, unitId: string) {
	const lectureId = await addLecture(ctx, ctx.db, { unitId, title: 'Bài 1' });
	const target = await beginUpload(ctx, lectureId);
	return { ...target, id: `lecture-${lectureId}.${target.revision}` };
}

/** Sends a file as the page does; resolves with how often it had to try again. */
function send(port: number, trainer: { cookie: string }, id: string, file: Buffer, more: Partial<UploadOptions> = {}) {
	let retries = 0;
	return new Promise<number>((resolve, reject) => {
		const upload = new Upload(file, {
			endpoint: `http://127.0.0.1:${port}/uploads`,
			metadata: { upload: id, filename: 'Bài 1 – mở đầu.mp4' },
			headers: { cookie: trainer.cookie, origin: `http://127.0.0.1:${port}` },
			chunkSize: 256 * KIB,
			retryDelays: Array.from({ length: 50 }, () => 50),
			onShouldRetry: (error) => {
				retries += 1;
				const status = error.originalResponse?.getStatus() ?? 0;
				return status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507);
			},
			onSuccess: () => resolve(retries),
			onError: reject,
			...more
		});
		upload.start();
	});
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function stored(services: Services, key: string): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of await services.storage.get(key)) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

async function refusedWith(attempt: Promise<unknown>): Promise<{ status: number; code: string }> {
	const error = await attempt.then(
		() => {
			throw new Error('was not refused');
		},
		(reason: unknown) => reason as DetailedError
	);
	const body = JSON.parse(error.originalResponse?.getBody() || '{}') as { code: string };
	return { status: error.originalResponse?.getStatus() ?? 0, code: body.code };
}

test('a file arrives whole over a line that breaks again and again, and is queued once', async ({
	services,
	ctx,
	unit,
	web
}) => {
	const trainer = await aTrainer(services, unit);
	const target = await aTarget(trainer, unit);
	const file = randomBytes(6 * 1024 * KIB);
	const line = await brokenLine(web.port, { everyMs: 700, bytesPerS: 2048 * KIB });
	const headers = { cookie: trainer.cookie, origin: `http://127.0.0.1:${line.port}` };
	const retries = await send(line.port, trainer, target.id, file, { headers, chunkSize: 1024 * KIB });
	line.close();
	expect(line.cuts()).toBeGreaterThan(2);
	expect(retries).toBeGreaterThan(2);
	const revision = await findRevision(ctx.db, target.lectureId, target.revision);
	expect(revision).toMatchObject({ state: 'queued', sourceName: 'Bài 1 – mở đầu.mp4', sourceSizeBytes: file.length });
	expect(digest(await stored(services, revision!.sourceKey!))).toBe(digest(file));
	const payload = { lectureId: target.lectureId, revision: target.revision };
	expect(await sentJobs(ctx)).toEqual([{ name: 'lectures.transcode', data: payload }]);
});

test('an upload begun at one web process goes on at another', async ({ services, ctx, unit, web, config }) => {
	const trainer = await aTrainer(services, unit);
	const target = await aTarget(trainer, unit);
	const file = randomBytes(1024 * KIB);
	await new Promise<void>((resolve, reject) => {
		const upload = new Upload(file, {
			endpoint: `http://127.0.0.1:${web.port}/uploads`,
			metadata: { upload: target.id, filename: 'a.mp4' },
			headers: { cookie: trainer.cookie, origin: `http://127.0.0.1:${web.port}` },
			chunkSize: 256 * KIB,
			onChunkComplete: (_, accepted) => {
				if (accepted >= 512 * KIB) void upload.abort().then(resolve);
			},
			onError: reject
		});
		upload.start();
	});
	const others = await openServices({ workers: false, max: 3, config });
	const second = await serve(others);
	let began: number | undefined;
	await send(second.port, trainer, target.id, file, {
		uploadUrl: `http://127.0.0.1:${second.port}/uploads/${target.id}`,
		onProgress: (sent) => (began ??= sent)
	});
	await second.close();
	await others.close();
	expect(began).toBeGreaterThanOrEqual(512 * KIB);
	const revision = await findRevision(ctx.db, target.lectureId, target.revision);
	expect(digest(await stored(services, revision!.sourceKey!))).toBe(digest(file));
});

test('what a crash left between the last byte and the queue is finished by asking', async ({
	services,
	ctx,
	unit,
	web
}) => {
	const trainer = await aTrainer(services, unit);
	const target = await aTarget(trainer, unit);
	const file = randomBytes(64 * KIB);
	await services.pool.sql`alter table lecture_revision rename to away`;
	const sending = send(web.port, trainer, target.id, file);
	sending.catch(() => {});
	setTimeout(() => void services.pool.sql`alter table away rename to lecture_revision`.execute(), 500);
	await sending;
	expect(await findRevision(ctx.db, target.lectureId, target.revision)).toMatchObject({ state: 'queued' });
	const head = { 'tus-resumable': '1.0.0', cookie: trainer.cookie };
	const again = await fetch(`http://127.0.0.1:${web.port}/uploads/${target.id}`, { method: 'HEAD', headers: head });
	expect(again.headers.get('upload-offset')).toBe(String(file.length));
	expect(await sentJobs(ctx)).toHaveLength(1);
});

test('nobody uploads without a session, for another account, from another site, too much or nothing', async ({
	services,
	unit,
	web
}) => {
	const trainer = await aTrainer(services, unit);
	const colleague = await aTrainer(services, unit);
	const target = await aTarget(trainer, unit);
	const file = randomBytes(KIB);
	const origin = `http://127.0.0.1:${web.port}`;
	const attempt = (headers: Record<string, string>, bytes = file, id = target.id) =>
		refusedWith(send(web.port, trainer, id, bytes, { headers, retryDelays: null }));
	expect(await attempt({ origin })).toEqual({ status: 401, code: 'identity.sign_in_required' });
	expect(await attempt({ origin, cookie: colleague.cookie })).toEqual({ status: 404, code: 'upload.no_such_upload' });
	expect(await attempt({ origin: 'https://evil.example', cookie: trainer.cookie })).toMatchObject({ status: 403 });
	expect(await attempt({ origin, cookie: trainer.cookie }, Buffer.alloc(0))).toMatchObject({
		code: 'upload.empty_file'
	});
	const big = { 'tus-resumable': '1.0.0', origin, cookie: trainer.cookie, 'upload-length': String(5 * 1024 ** 3) };
	const metadata = `upload ${Buffer.from(target.id).toString('base64')}`;
	const answer = await fetch(`${origin}/uploads`, { method: 'POST', headers: { ...big, 'upload-metadata': metadata } });
	expect(answer.status).toBe(413);
	expect(await answer.json()).toEqual({ code: 'upload.too_large', params: { limit: '4 GB' } });
	for (const id of ['../x.1', `${randomUUID()}.1`, `${target.lectureId}.2`])
		expect((await attempt({ origin, cookie: trainer.cookie }, file, id)).status).toBeGreaterThanOrEqual(400);
});

test('an upload that is over takes no more bytes', async ({ services, ctx, unit, web }) => {
	const trainer = await aTrainer(services, unit);
	const target = await aTarget(trainer, unit);
	await send(web.port, trainer, target.id, randomBytes(KIB));
	const again = refusedWith(send(web.port, trainer, target.id, randomBytes(KIB), { retryDelays: null }));
	expect(await again).toMatchObject({ status: 409, code: 'upload.over' });
	await ctx.db.update(lectureRevisions).set({ state: 'cancelled' }).where(eq(lectureRevisions.revision, 1));
	const headers = { 'tus-resumable': '1.0.0', cookie: trainer.cookie, origin: `http://127.0.0.1:${web.port}` };
	const url = `http://127.0.0.1:${web.port}/uploads/${target.id}`;
	expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(404);
});

test.skipIf(!canRunOnS3())(
	'the same on S3, where the last part completes the object in its place',
	{ timeout: 240_000 },
	async ({ services, ctx, unit, config }) => {
		const s3 = await startRadosgw();
		const onS3 = { ...config, s3: s3.s3 };
		await prepareObjectStore(onS3);
		const others = await openServices({ workers: false, max: 3, config: onS3 });
		const web = await serve(others);
		try {
			const trainer = await aTrainer(services, unit);
			const target = await aTarget(trainer, unit);
			const file = randomBytes(12 * 1024 * KIB);
			const line = await brokenLine(web.port, { everyMs: 2000, bytesPerS: 3 * 1024 * KIB });
			const headers = { cookie: trainer.cookie, origin: `http://127.0.0.1:${line.port}` };
			await send(line.port, trainer, target.id, file, { headers, chunkSize: 1024 * KIB });
			line.close();
			const revision = await findRevision(ctx.db, target.lectureId, target.revision);
			expect(revision).toMatchObject({ state: 'queued', sourceSizeBytes: file.length });
			expect(digest(await stored(others, revision!.sourceKey!))).toBe(digest(file));
			const keys: string[] = [];
			for await (const { key } of others.storage.list('lectures/')) keys.push(key);
			expect(keys).toEqual([revision!.sourceKey]);
		} finally {
			await web.close();
			await others.close();
			await s3.stop();
		}
	}
);
