import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { masterOf } from '#lib/server/lectures/media.ts';
import { renditionPlaylistText } from '#lib/server/lectures/playlists.ts';
import { helpEncoding } from '#lib/server/lectures/help-job.ts';
import { sourceKey } from '#lib/server/lectures/keys.ts';
import { readParts } from '#lib/server/lectures/part-state.ts';
import { findRevision, getReadyRevision } from '#lib/server/lectures/queries.ts';
import {
	addLecture,
	beginUpload,
	cancelTranscode,
	finishUpload,
	retryTranscode
} from '#lib/server/lectures/service.ts';
import { listOrphans, sweepObjects } from '#lib/server/lectures/sweep-job.ts';
import { transcodeLecture } from '#lib/server/lectures/transcode-job.ts';
import { units } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { findFfmpeg } from '../support/programs.ts';
import { keysBelow } from '../support/lecture-world.ts';
import { masterPlaylistFaults, mediaPlaylistFaults } from '../support/strict-playlist.ts';
import { test } from '../support/test.ts';

const run = promisify(execFile);
const SECONDS = 130;
const never = new AbortController().signal;

/** A lecture of two stretches and two sizes that waits for a worker. */
async function aLongLecture(ctx: Context) {
	const file = path.join(ctx.config.dataDir, 'long.mp4');
	const inputs = ['-f', 'lavfi', '-i', `testsrc2=s=640x360:r=5:d=${SECONDS}`, '-f', 'lavfi', '-i', `sine=d=${SECONDS}`];
	await run(findFfmpeg() ?? 'ffmpeg', [
		'-v',
		'error',
		'-y',
		...inputs,
		'-preset',
		'ultrafast',
		'-pix_fmt',
		'yuv420p',
		file
	]);
	const [unit] = await ctx.db.insert(units).values({ code: 'MH-STP', path: '1' }).returning();
	const lectureId = await addLecture(ctx, ctx.db, { unitId: unit!.id, title: 'Bài 1' });
	const target = await beginUpload(ctx, lectureId);
	await ctx.storage.putFile(sourceKey(lectureId, target.revision), file, { contentType: 'video/mp4' });
	await finishUpload(ctx, target, { name: 'Bài 1.mp4', sizeBytes: (await fs.stat(file)).size });
	return target;
}

/** The same world, with the names of parts that are stored through it. */
function watched(ctx: Context): { ctx: Context; parts: string[] } {
	const parts: string[] = [];
	const storage: Context['storage'] = Object.create(ctx.storage, {
		putFile: {
			value: async (key: string, ...rest: [string, { contentType: string }]) => {
				await ctx.storage.putFile(key, ...rest);
				const part = /\/parts\/([^/]+)\//.exec(key)?.[1];
				if (part && !parts.includes(part)) parts.push(part);
			}
		}
	});
	return { ctx: { ...ctx, storage }, parts };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
	for (let i = 0; i < 600; i++) {
		if (await condition()) return;
		await sleep(50);
	}
	throw new Error('it did not come about');
}

test('two workers share a lecture, which is shown early and grows, and leaves nothing but itself', async ({ ctx }) => {
	const target = await aLongLecture(ctx);
	const [leader, helper] = [watched(ctx), watched(ctx)];
	const leading = transcodeLecture.run(leader.ctx, target, never);
	await until(async () => Boolean((await findRevision(ctx.db, target.lectureId, 1))?.plan));
	const helping = helpEncoding.run(helper.ctx, target, never);
	await until(async () => Boolean(await getReadyRevision(ctx.db, target.lectureId)));
	const early = await getReadyRevision(ctx.db, target.lectureId);
	expect(early).toMatchObject({ state: 'transcoding', hasAudio: true });
	expect(early!.renditions.map(({ name }) => name)).toEqual(['240p', 'audio']);
	expect(await masterOf(ctx.db, early!, String)).not.toContain('360p');
	await Promise.all([leading, helping]);

	const ready = await getReadyRevision(ctx.db, target.lectureId);
	expect(ready).toMatchObject({ state: 'ready', progressPercent: 100, plan: null });
	expect(ready!.renditions.map(({ name }) => name)).toEqual(['360p', '240p', 'audio']);
	expect(ready!.durationS).toBeCloseTo(SECONDS, 1);
	const master = await masterOf(ctx.db, ready!, (name) => `${name}.m3u8`);
	expect(masterPlaylistFaults(master)).toEqual([]);
	const playlists = await Promise.all(
		ready!.renditions.map(({ name }) => renditionPlaylistText(ctx.storage, ready!, name))
	);
	for (const playlist of playlists) expect(mediaPlaylistFaults(playlist)).toEqual([]);
	const lengths = (playlist: string) => [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].map(([, length]) => length);
	expect(lengths(playlists[0]!)).toEqual(lengths(playlists[1]!)); // a player may change sizes at any segment
	expect(helper.parts.length).toBeGreaterThan(0);
	expect([...leader.parts, ...helper.parts].toSorted()).toEqual([
		'audio',
		'early-000',
		'early-001',
		'main-000',
		'main-001'
	]);
	expect(await keysBelow(ctx, `lectures/${target.lectureId}/1/`)).not.toContainEqual(expect.stringContaining('parts/'));
	expect(await listOrphans(ctx)).toEqual([]);
}, 120_000);

test('a worker that dies loses one part: the next goes on from the last finished one', async ({ ctx }) => {
	const target = await aLongLecture(ctx);
	const first = watched(ctx);
	const dying = new AbortController();
	const gone = transcodeLecture.run(first.ctx, target, dying.signal);
	await until(async () => (await readParts(ctx.db, target)).done.length >= 2);
	dying.abort(new Error('the machine is stopped'));
	await expect(gone).rejects.toThrow();
	const finished = (await readParts(ctx.db, target)).done.length;

	const second = watched(ctx);
	await transcodeLecture.run(second.ctx, target, never);
	expect(second.parts.length).toBe(5 - finished);
	expect((await getReadyRevision(ctx.db, target.lectureId))?.durationS).toBeCloseTo(SECONDS, 1);
	expect(await listOrphans(ctx)).toEqual([]);
}, 120_000);

test('what is cancelled stops within three seconds and leaves the uploaded file alone', async ({ ctx }) => {
	const target = await aLongLecture(ctx);
	const working = transcodeLecture.run(ctx, target, never);
	await until(async () => (await readParts(ctx.db, target)).done.length >= 1);
	await cancelTranscode(ctx, target.lectureId);
	const cancelledAt = performance.now();
	await working;
	expect(performance.now() - cancelledAt).toBeLessThan(3000);
	expect(await keysBelow(ctx, `lectures/${target.lectureId}/1/`)).toEqual(['source']);
	expect(await fs.readdir(path.join(ctx.config.dataDir, 'tmp'))).toEqual([]);
	await retryTranscode(ctx, target.lectureId);
	expect((await findRevision(ctx.db, target.lectureId, 1))?.state).toBe('queued');
}, 60_000);

test('a sweep removes what no row speaks of, and nothing else', async ({ ctx }) => {
	const target = await aLongLecture(ctx);
	const stray = `lectures/${target.lectureId}/1/parts/main-000/360p.mp4`;
	const strange = 'lectures/00000000-0000-4000-8000-000000000009/3/240p.mp4';
	for (const key of [stray, strange]) await ctx.storage.put(key, 'x', { contentType: 'video/mp4' });
	expect((await listOrphans(ctx)).toSorted()).toEqual([strange, stray].toSorted());
	await sweepObjects.run(ctx, {}, never);
	expect(await keysBelow(ctx, 'lectures/')).toEqual([`${target.lectureId}/1/source`]);
});
