// Workers that die or are stopped in the middle of a lecture, and two of everything on one database and one store.
import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { findNewestRevision } from '#lib/server/lectures/queries.ts';
import { isRunning } from '#lib/server/platform/processes.ts';
import {
	aLectureWorld,
	drawClip,
	keysBelow,
	send,
	SMALL_LECTURE,
	type LectureWorld
} from '../support/lecture-world.ts';
import { fromOurPage, until, type RunningProcess } from '../support/product.ts';
import { test } from '../support/product-test.ts';
import { openProxy } from '../support/proxy.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Programs that a process has started and that still run. */
function childrenOf({ pid }: RunningProcess): number[] {
	const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
	return text.split(' ').map(Number).filter(Boolean);
}

const newest = (ctx: Context, { lectureId }: LectureWorld) => findNewestRevision(ctx.db, lectureId);
const temporary = ({ config }: Context) => fs.readdir(path.join(config.dataDir, 'tmp'));

test('two web processes and two workers make one lecture; the worker killed at it is replaced by the other', async ({
	ctx,
	product
}) => {
	const world = await aLectureWorld(ctx);
	const clip = await fs.readFile(await drawClip(ctx.config.dataDir, { seconds: 180 }));
	// The first worker leads; the second one encodes parts beside it and would be no loss.
	const [a, b, leader] = await Promise.all([product.web(), product.web(), product.mediaWorker()]);
	const seen = async (url: string) => {
		const answer = await fetch(`${url}/teach/lectures/${world.lectureId}/status`, {
			headers: fromOurPage(world.cookie)
		});
		return (await answer.json()) as { state: string; percent: number };
	};
	await send(clip, a.url, world).done;
	await until(
		() => seen(b.url),
		({ state, percent }) => state === 'transcoding' && percent > 0
	);
	expect(await seen(a.url)).toMatchObject({ state: 'transcoding' });
	await product.mediaWorker();
	const orphans = childrenOf(leader);
	await leader.end('SIGKILL');
	const killedAt = Date.now();
	await until(
		async () => orphans.filter(isRunning),
		(left) => left.length === 0,
		5_000
	);

	const taken = await until(
		() => newest(ctx, world),
		(row) => row?.attempts === 2,
		60_000
	);
	console.info(`taken over after ${((Date.now() - killedAt) / 1000).toFixed(1)} s (state ${taken?.state})`);
	for (const web of [a, b])
		await until(
			() => seen(web.url),
			({ state }) => state === 'ready',
			120_000
		);
	expect(await keysBelow(ctx, world.prefix)).toEqual(SMALL_LECTURE);
	expect(await keysBelow(ctx, 'lectures/')).toHaveLength(SMALL_LECTURE.length);
	expect(await temporary(ctx)).toEqual([]);
	const jobs = await ctx.db.execute(sql`select state from pgboss.job where name = 'lectures.transcode'`);
	expect(jobs.map(({ state }) => state)).toEqual(['completed']);
}, 240_000);

test('a worker told to stop gives its lecture back at once, and the next worker finishes it', async ({
	ctx,
	product
}) => {
	const world = await aLectureWorld(ctx);
	const clip = await fs.readFile(await drawClip(ctx.config.dataDir, { seconds: 240 }));
	const [web, first] = await Promise.all([product.web(), product.mediaWorker()]);
	await send(clip, web.url, world).done;
	await until(
		() => newest(ctx, world),
		(row) => row?.state === 'transcoding' && row.progressPercent > 0
	);
	const stoppedAt = Date.now();
	expect(await first.end('SIGTERM')).toBe(0);
	console.info(`stopped after ${((Date.now() - stoppedAt) / 1000).toFixed(1)} s`);
	expect(await newest(ctx, world)).toMatchObject({ state: 'queued', attempts: 0, jobId: null, failureCode: null });
	expect(await temporary(ctx)).toEqual([]);
	const [job] = await ctx.db.execute(sql`select state from pgboss.job where name = 'lectures.transcode'`);
	expect(job).toEqual({ state: 'retry' });

	await product.mediaWorker();
	await until(
		() => newest(ctx, world),
		(row) => row?.state === 'ready',
		120_000
	);
	expect(await keysBelow(ctx, world.prefix)).toEqual(SMALL_LECTURE);
}, 240_000);

test('a text named .mp4 is taken up, refused with its reason, and leaves only the file itself', async ({
	ctx,
	product
}) => {
	const world = await aLectureWorld(ctx);
	const [web] = await Promise.all([product.web(), product.mediaWorker()]);
	await send(Buffer.from('Đây không phải là video.\n'.repeat(1000)), web.url, world).done;
	await until(
		() => newest(ctx, world),
		(row) => row?.state === 'failed'
	);
	const answer = await fetch(`${web.url}/teach/lectures/${world.lectureId}/status`, {
		headers: fromOurPage(world.cookie)
	});
	expect(await answer.json()).toMatchObject({ state: 'failed', failureCode: 'not_media', canRetry: true });
	expect(await keysBelow(ctx, 'lectures/')).toHaveLength(1);
	await until(
		() => temporary(ctx),
		(left) => left.length === 0,
		5_000
	);
}, 120_000);

test('a web process told to stop ends the request under way first', async ({ ctx, product }) => {
	const world = await aLectureWorld(ctx);
	const web = await product.web();
	const line = await openProxy(web.port);
	line.set({ bytesPerS: 2 * 1024 * 1024 });
	const sending = send(Buffer.alloc(8 * 1024 * 1024), `http://127.0.0.1:${line.port}`, world, { chunkSize: Infinity });
	const part = path.join(ctx.config.dataDir, 'uploads', world.uploadId);
	await until(
		async () => (await fs.stat(part).catch(() => undefined))?.size ?? 0,
		(size) => size > 0
	);
	const ended = web.end('SIGTERM');
	const stoppedAt = Date.now();
	await sending.done;
	expect(sending.tries()).toBe(0);
	const finishedAt = Date.now();
	expect(await ended).toBe(0);
	console.info(`request went on for ${finishedAt - stoppedAt} ms, the process for ${Date.now() - finishedAt} ms more`);
	expect(Date.now() - finishedAt).toBeLessThan(5_000);
	expect(await newest(ctx, world)).toMatchObject({ state: 'queued' });
	await line.close();
}, 120_000);
