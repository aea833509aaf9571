import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '#lib/server/platform/free-port.ts';
import type { ObjectStore } from '#lib/server/platform/storage/object-store.ts';
import { openObjectStore, prepareObjectStore } from '#lib/server/platform/storage/open.ts';
import { serveSignedObjects } from '#lib/server/platform/storage/serve.ts';
import { canRunOnS3, startRadosgw, s3Environment, type Radosgw } from '../support/radosgw.ts';
import { testConfig } from '../support/test.ts';

const ORIGIN = 'http://localhost:3000';
const drivers = ['filesystem', 's3'] as const;
const unused = 'postgres://nobody@127.0.0.1/none';

describe.each(drivers.filter((driver) => driver === 'filesystem' || canRunOnS3()))('objects in %s', (driver) => {
	let folder: string;
	let store: ObjectStore;
	let ceph: Radosgw | undefined;
	let server: Server | undefined;
	let origin = '';

	beforeAll(async () => {
		folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-objects-'));
		ceph = driver === 's3' ? await startRadosgw() : undefined;
		const config = testConfig(unused, folder, ceph && s3Environment(ceph));
		await prepareObjectStore(config);
		await prepareObjectStore(config); // a second start changes nothing
		store = openObjectStore(config);
		if (ceph) return;
		const media = serveSignedObjects(config, store);
		server = createServer((req, res) => void media(req, res));
		const port = await freePort();
		await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
		origin = `http://127.0.0.1:${port}`;
	});

	afterAll(async () => {
		server?.closeAllConnections();
		server?.close();
		await ceph?.stop();
		await fs.rm(folder, { recursive: true, force: true });
	});

	const load = (key: string, init: RequestInit = {}, options: { downloadName?: string; contentType?: string } = {}) =>
		fetch(new URL(store.signedUrl(key, { expiresInS: 60, ...options }), origin || undefined), init);

	test('what was put comes back with its size, type and text', async () => {
		await store.put('lectures/1/master.m3u8', '#EXTM3U xin chào', { contentType: 'application/vnd.apple.mpegurl' });
		expect(await store.text('lectures/1/master.m3u8')).toBe('#EXTM3U xin chào');
		expect(await store.head('lectures/1/master.m3u8')).toMatchObject({
			key: 'lectures/1/master.m3u8',
			sizeBytes: 17,
			contentType: 'application/vnd.apple.mpegurl'
		});
		await store.put('lectures/1/no-extension', 'x', { contentType: 'image/avif' });
		expect((await store.head('lectures/1/no-extension'))?.contentType).toBe('image/avif');
	});

	test('putting again replaces the whole object', async () => {
		await store.put('again.vtt', 'a long first text', { contentType: 'text/vtt; charset=utf-8' });
		const before = await store.head('again.vtt');
		await store.put('again.vtt', 'short', { contentType: 'text/vtt; charset=utf-8' });
		expect(await store.text('again.vtt')).toBe('short');
		expect((await store.head('again.vtt'))?.etag).not.toBe(before?.etag);
	});

	test('a large file goes up and comes down unchanged', { timeout: 120_000 }, async () => {
		const file = path.join(folder, 'large.bin');
		const content = randomBytes(40 * 1024 * 1024);
		await fs.writeFile(file, content);
		await store.putFile('large.bin', file, { contentType: 'application/octet-stream' });
		const copy = path.join(folder, 'copy.bin');
		await store.getFile('large.bin', copy);
		const digest = (data: Uint8Array) => createHash('sha256').update(data).digest('hex');
		expect(digest(await fs.readFile(copy))).toBe(digest(content));
		const middle = await buffer(await store.get('large.bin', { start: 1_000_000, end: 1_000_009 }));
		expect(middle).toEqual(content.subarray(1_000_000, 1_000_010));
	});

	test('a missing object is told as such, and deleting it is no error', async () => {
		const missing = { kind: 'not_found', code: 'storage.missing' };
		await expect(store.get('gone.mp4')).rejects.toMatchObject(missing);
		await expect(store.text('gone.mp4')).rejects.toMatchObject(missing);
		await expect(store.getFile('gone.mp4', path.join(folder, 'gone'))).rejects.toMatchObject(missing);
		expect(await store.head('gone.mp4')).toBeUndefined();
		await store.delete(['gone.mp4']);
	});

	test('an aborted copy leaves nothing', async () => {
		const file = path.join(folder, 'aborted.bin');
		await fs.writeFile(file, randomBytes(1024));
		const signal = AbortSignal.abort();
		await expect(store.putFile('aborted.bin', file, { contentType: 'video/mp4', signal })).rejects.toThrow();
		expect(await store.head('aborted.bin')).toBeUndefined();
	});

	test('a listing holds exactly what begins with the prefix, in the order of keys', async () => {
		const keys = ['list/1/a.m4s', 'list/1/b/c.m4s', 'list/1-b.m4s', 'list/10/a.m4s', 'list/2.m4s'];
		for (const key of keys.toReversed()) await store.put(key, key, { contentType: 'video/iso.segment' });
		const list = async (prefix: string) => {
			const found: string[] = [];
			for await (const { key } of store.list(prefix)) found.push(key);
			return found;
		};
		expect(await list('list/')).toEqual(keys.toSorted());
		expect(await list('list/1/')).toEqual(['list/1/a.m4s', 'list/1/b/c.m4s']);
		expect(await list('list/1')).toEqual(keys.toSorted().filter((key) => key.startsWith('list/1')));
		expect(await list('nothing/')).toEqual([]);
		await store.delete(keys);
		expect(await list('list/')).toEqual([]);
	});

	test.for(['../secrets.json', '/etc/passwd', 'a/../../b', 'a//b', '.types/a', 'a/.b', 'A.mp4', 'a b', 'a\\b', ''])(
		'%j cannot be a key',
		async (key) => {
			await expect(async () => store.put(key, 'x', { contentType: 'text/plain' })).rejects.toThrow('not a storage key');
			await expect(async () => store.get(key)).rejects.toThrow('not a storage key');
			expect(() => store.signedUrl(key, { expiresInS: 60 })).toThrow('not a storage key');
		}
	);

	test('a signed address serves the whole, a range, and only a new version', async () => {
		await store.put('signed/a.mp4', '0123456789', { contentType: 'video/mp4' });
		const whole = await load('signed/a.mp4');
		expect([whole.status, await whole.text()]).toEqual([200, '0123456789']);
		expect(whole.headers.get('content-type')).toBe('video/mp4');
		const part = await load('signed/a.mp4', { headers: { range: 'bytes=2-4' } });
		expect([part.status, await part.text()]).toEqual([206, '234']);
		expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
		const beyond = await load('signed/a.mp4', { headers: { range: 'bytes=10-' } });
		expect(beyond.status).toBe(416);
		await beyond.body?.cancel();
		const same = await load('signed/a.mp4', { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
		expect([same.status, await same.text()]).toEqual([304, '']);
	});

	test('a signed address can be a download under a Vietnamese name, and state another type', async () => {
		await store.put('signed/d.pdf', '%PDF', { contentType: 'application/pdf' });
		const answer = await load('signed/d.pdf', {}, { downloadName: 'Đề cương "1".pdf', contentType: 'text/plain' });
		await answer.body?.cancel();
		const disposition = answer.headers.get('content-disposition');
		expect(disposition).toBe(
			`attachment; filename="De cuong _1_.pdf"; filename*=UTF-8''%C4%90%E1%BB%81%20c%C6%B0%C6%A1ng%20%221%22.pdf`
		);
		expect(answer.headers.get('content-type')).toBe('text/plain');
	});

	test('an altered or expired address, or none at all, is refused', async () => {
		await store.put('signed/x.mp4', 'x', { contentType: 'video/mp4' });
		const address = new URL(store.signedUrl('signed/x.mp4', { expiresInS: 1 }), origin || undefined).href;
		const status = async (url: string) => {
			const answer = await fetch(url);
			await answer.body?.cancel();
			return answer.status;
		};
		expect(await status(address)).toBe(200);
		expect(await status(address.replace('x.mp4', 'a.mp4'))).toBe(403);
		expect(await status(address.slice(0, address.indexOf('?')))).toBe(403);
		await expect.poll(() => status(address), { timeout: 8_000, interval: 500 }).toBe(403);
	});

	test('a hundred addresses take less than 50 ms', () => {
		store.signedUrl('warm/up.m4s', { expiresInS: 600 });
		const startedAt = performance.now();
		for (let i = 0; i < 100; i++) store.signedUrl(`lectures/1/240p_${i}.m4s`, { expiresInS: 600 });
		expect(performance.now() - startedAt).toBeLessThan(50);
	});

	test('the store says that it answers', async () => {
		await expect(store.check()).resolves.toBeUndefined();
	});

	if (driver === 'filesystem') {
		test('a page or picture opened by itself is locked in a sandbox, and HEAD tells the size', async () => {
			await store.put('signed/evil.html', '<script>alert(1)</script>', { contentType: 'text/html' });
			const answer = await load('signed/evil.html', { method: 'HEAD' });
			expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
			expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
			expect(answer.headers.get('content-length')).toBe('25');
			expect(await answer.text()).toBe('');
			expect((await load('signed/evil.html', { method: 'POST' })).status).toBe(405);
		});
	} else {
		test('pages of the product may load objects, other sites may not', async () => {
			await store.put('signed/cors.m4s', 'x', { contentType: 'video/iso.segment' });
			const allowed = async (site: string) => {
				const answer = await load('signed/cors.m4s', { headers: { origin: site } });
				await answer.body?.cancel();
				return answer.headers.get('access-control-allow-origin');
			};
			expect(await allowed(ORIGIN)).toBe(ORIGIN);
			expect(await allowed('https://elsewhere.example')).toBeNull();
		});
	}
});

test('S3 that does not answer is told as unavailable, soon', { timeout: 30_000 }, async () => {
	const keys = { S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' };
	const down = openObjectStore(
		testConfig(unused, os.tmpdir(), { ...keys, S3_ENDPOINT: `http://127.0.0.1:${await freePort()}` })
	);
	const unavailable = { kind: 'conflict', code: 'storage.unavailable' };
	await expect(down.check()).rejects.toMatchObject(unavailable);
	await expect(down.put('a.mp4', 'x', { contentType: 'video/mp4' })).rejects.toMatchObject(unavailable);
	await expect(down.get('a.mp4')).rejects.toMatchObject(unavailable);
});
