// Uploads over bad lines, between processes and across their deaths: the built product, real sockets, real kill -9.
import { createHash, randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { Config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { findNewestRevision } from '#lib/server/lectures/queries.ts';
import { aLectureWorld, keysBelow, send, type LectureWorld } from '../support/lecture-world.ts';
import { fromOurPage, until, type WebProcess } from '../support/product.ts';
import { openProxy } from '../support/proxy.ts';
import { test } from '../support/product-test.ts';

const MIB = 1024 * 1024;
const run = promisify(execFile);
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const stored = async (ctx: Context, { prefix }: LectureWorld) => buffer(await ctx.storage.get(`${prefix}source`));
const unfinished = async ({ dataDir }: Config) =>
	(await fs.readdir(path.join(dataDir, 'uploads')).catch(() => [])).length;

test('a file sent over a line that is cut every second and a half arrives whole', async ({ ctx, config, product }) => {
	const world = await aLectureWorld(ctx);
	const web = await product.web();
	const line = await openProxy(web.port);
	line.set({ bytesPerS: 4 * MIB });
	const heal = line.cutEvery(1500);
	const bytes = randomBytes(24 * MIB);
	const sending = send(bytes, `http://127.0.0.1:${line.port}`, world);
	await sending.done;
	heal();
	await line.close();
	expect(sending.tries()).toBeGreaterThan(2);
	expect(sha256(await stored(ctx, world))).toBe(sha256(bytes));
	expect(await findNewestRevision(ctx.db, world.lectureId)).toMatchObject({
		state: 'queued',
		sourceSizeBytes: bytes.length
	});
	expect(await unfinished(config)).toBe(0);
});

test('an upload survives kill -9 of the web process and goes on with the next one', async ({ ctx, product }) => {
	const world = await aLectureWorld(ctx);
	const first = await product.web();
	const line = await openProxy(first.port);
	line.set({ bytesPerS: 4 * MIB });
	const bytes = randomBytes(16 * MIB);
	const sending = send(bytes, `http://127.0.0.1:${line.port}`, world);
	await until(
		async () => sending.sentBytes(),
		(sent) => sent > 6 * MIB
	);
	await first.end('SIGKILL');
	await product.web({}, first.port);
	line.set({ bytesPerS: 0 });
	await sending.done;
	await line.close();
	expect(sha256(await stored(ctx, world))).toBe(sha256(bytes));
});

test('an upload begun on one web process goes on on another, and both tell how it stands', async ({ ctx, product }) => {
	const world = await aLectureWorld(ctx);
	const [a, b] = await Promise.all([product.web(), product.web()]);
	const line = await openProxy(a.port);
	line.set({ bytesPerS: 4 * MIB });
	const bytes = randomBytes(12 * MIB);
	const begun = send(bytes, `http://127.0.0.1:${line.port}`, world);
	await until(
		async () => begun.sentBytes(),
		(sent) => sent > 5 * MIB
	);
	await begun.stop();
	await send(bytes, b.url, world, { isResumed: true }).done;
	await line.close();
	expect(sha256(await stored(ctx, world))).toBe(sha256(bytes));
	for (const web of [a, b]) {
		const answer = await fetch(`${web.url}/teach/lectures/${world.lectureId}/status`, {
			headers: fromOurPage(world.cookie)
		});
		expect(await answer.json()).toMatchObject({ state: 'queued', sourceName: 'Bài 1.mp4' });
	}
});

test('two requests that write one upload through two processes do not mix their bytes', async ({ ctx, product }) => {
	const world = await aLectureWorld(ctx);
	const [a, b] = await Promise.all([product.web(), product.web()]);
	const bytes = randomBytes(8 * MIB);
	const line = await openProxy(a.port);
	line.set({ bytesPerS: 2 * MIB });
	const slow = send(bytes, `http://127.0.0.1:${line.port}`, world);
	await until(
		async () => slow.sentBytes(),
		(sent) => sent > MIB
	);
	const fast = send(bytes, b.url, world, { isResumed: true });
	await Promise.all([slow.done, fast.done]);
	await line.close();
	expect(sha256(await stored(ctx, world))).toBe(sha256(bytes));
});

test('a file over the limit and an empty one are refused before a byte is sent, and leave nothing', async ({
	ctx,
	config,
	product
}) => {
	const world = await aLectureWorld(ctx);
	const web = await product.web({ UPLOAD_MAX_BYTES: String(MIB) });
	const tooLarge = await create(web, world, MIB + 1);
	expect(tooLarge.status).toBe(413);
	expect(await tooLarge.json()).toMatchObject({ code: 'upload.too_large', params: { limit: '1 MB' } });
	const empty = await create(web, world, 0);
	expect(empty.status).toBe(400);
	expect(await empty.json()).toMatchObject({ code: 'upload.empty_file' });
	expect(await unfinished(config)).toBe(0);
	expect(await keysBelow(ctx, world.prefix)).toEqual([]);
	expect(await findNewestRevision(ctx.db, world.lectureId)).toMatchObject({ state: 'awaiting_upload' });
});

test('a disk without room refuses the upload with its reason, and takes it when there is room', async ({
	ctx,
	product,
	onTestFinished,
	skip
}) => {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-small-disk-'));
	try {
		await run('mount', ['-t', 'tmpfs', '-o', 'size=300m', 'tmpfs', folder]);
	} catch {
		console.warn('\n!!! SKIPPED: a full disk needs the right to mount a tmpfs (root) !!!\n');
		skip();
	}
	onTestFinished(async () => {
		await run('umount', ['-l', folder]);
		await fs.rm(folder, { recursive: true });
	});
	const world = await aLectureWorld(ctx);
	const web = await product.web({ DATA_DIR: folder });
	const bytes = randomBytes(4 * MIB);

	const refused = await create(web, world, 200 * MIB);
	expect(refused.status).toBe(507);
	expect(await refused.json()).toMatchObject({ code: 'upload.disk_full' });

	await fs.writeFile(path.join(folder, 'ballast'), Buffer.alloc(60 * MIB));
	const full = send(bytes, web.url, world);
	await expect(full.done).rejects.toThrow('507');
	await fs.rm(path.join(folder, 'ballast'));
	await send(bytes, web.url, world).done;
	expect(sha256(await fs.readFile(path.join(folder, 'objects', world.prefix, 'source')))).toBe(sha256(bytes));
});

/** Begins an upload of so many bytes, as the protocol's creation request (tus.io, 1.0.0). */
function create(web: WebProcess, { cookie, uploadId }: LectureWorld, sizeBytes: number): Promise<Response> {
	const metadata = `upload ${Buffer.from(uploadId).toString('base64')}`;
	return fetch(`${web.url}/uploads`, {
		method: 'POST',
		headers: {
			...fromOurPage(cookie),
			'Tus-Resumable': '1.0.0',
			'Upload-Length': String(sizeBytes),
			'Upload-Metadata': metadata
		}
	});
}
