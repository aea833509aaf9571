// The object store away for a while, while a file is being sent and while a lecture is being made: real S3 protocol.
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import { findNewestRevision } from '#lib/server/lectures/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openObjectStore, prepareObjectStore } from '#lib/server/platform/storage/open.ts';
import { aLectureWorld, drawClip, keysBelow, send, SMALL_LECTURE } from '../support/lecture-world.ts';
import { openProduct } from '../support/product-test.ts';
import { until } from '../support/product.ts';
import { openProxy } from '../support/proxy.ts';
import { canRunOnS3, s3Environment, startRadosgw } from '../support/radosgw.ts';
import { test, testConfig } from '../support/test.ts';

const MIB = 1024 * 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test.skipIf(!canRunOnS3())(
	'S3 that goes away during an upload and during a transcode delays both and loses nothing',
	async ({ ctx, config, onTestFinished }) => {
		const ceph = await startRadosgw();
		onTestFinished(() => ceph.stop());
		const line = await openProxy(Number(new URL(ceph.endpoint).port));
		onTestFinished(() => line.close());
		const s3 = { ...s3Environment(ceph), S3_ENDPOINT: `http://127.0.0.1:${line.port}` };
		const onS3 = testConfig(config.databaseUrl, config.dataDir, s3);
		await prepareObjectStore(onS3);
		const inS3: Context = { ...ctx, config: onS3, storage: openObjectStore(onS3) };
		const product = openProduct(config, s3);
		onTestFinished(() => product.killAll());
		const world = await aLectureWorld(ctx);
		const clip = await fs.readFile(await drawClip(config.dataDir, { seconds: 20 }));
		const padding = randomBytes(20 * MIB);
		const file = Buffer.concat([clip, freeBox(padding)]);
		const [web] = await Promise.all([product.web(), product.mediaWorker()]);

		const road = await openProxy(web.port);
		onTestFinished(() => road.close());
		road.set({ bytesPerS: 8 * MIB });
		const sending = send(file, `http://127.0.0.1:${road.port}`, world, { chunkSize: 6 * MIB });
		await until(
			async () => sending.sentBytes(),
			(sent) => sent > 8 * MIB
		);
		line.set({ isDown: true });
		await sleep(3_000);
		const ready = await fetch(`${web.url}/readyz`);
		expect(ready.status).toBe(503);
		expect(await ready.json()).toMatchObject({ ready: false, database: 'ok', storage: 'unavailable' });
		line.set({ isDown: false });
		await sending.done;
		expect(sending.tries()).toBeGreaterThan(0);
		expect(sha256(await buffer(await inS3.storage.get(`${world.prefix}source`)))).toBe(sha256(file));

		const newest = () => findNewestRevision(ctx.db, world.lectureId);
		await until(newest, (row) => row?.state === 'transcoding', 120_000);
		line.set({ isDown: true });
		await until(newest, (row) => row?.state === 'queued' && row.failureCode === 'storage_unavailable', 120_000);
		line.set({ isDown: false });
		const backAt = Date.now();
		const done = await until(newest, (row) => row?.state === 'ready', 120_000);
		console.info(`ready ${((Date.now() - backAt) / 1000).toFixed(1)} s after the store was back`);
		expect(done).toMatchObject({ failureCode: null });
		expect(await keysBelow(inS3, world.prefix)).toEqual(SMALL_LECTURE);
		expect(await fs.readdir(`${config.dataDir}/tmp`)).toEqual([]);
	},
	300_000
);

/** An ISO base media box that players skip, so that a small clip makes a large file. */
function freeBox(content: Buffer): Buffer {
	const header = Buffer.alloc(8);
	header.writeUInt32BE(content.length + header.length);
	header.write('free', 4, 'latin1');
	return Buffer.concat([header, content]);
}
