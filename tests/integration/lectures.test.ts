import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { mediaJobs } from '#lib/server/lectures/jobs.ts';
import { masterPlaylistText, renditionPlaylistText } from '#lib/server/lectures/playlists.ts';
import { findNewestRevision, getReadyRevision } from '#lib/server/lectures/queries.ts';
import { sourceKey } from '#lib/server/lectures/keys.ts';
import { addLecture, beginUpload, finishUpload, retryTranscode } from '#lib/server/lectures/service.ts';
import { units } from '#lib/server/organisation/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { runJobs } from '../support/jobs.ts';
import { findFfmpeg } from '../support/programs.ts';
import { test } from '../support/test.ts';

const run = promisify(execFile);

/** A clip of three seconds with picture and tone, drawn by ffmpeg. */
async function clip(folder: string, seconds = 3): Promise<string> {
	const file = path.join(folder, `clip-${seconds}.mp4`);
	const inputs = ['-f', 'lavfi', '-i', `testsrc2=s=426x240:d=${seconds}`, '-f', 'lavfi', '-i', `sine=d=${seconds}`];
	await run(findFfmpeg() ?? 'ffmpeg', ['-v', 'error', '-y', ...inputs, '-pix_fmt', 'yuv420p', '-shortest', file]);
	return file;
}

async function aUnit(ctx: Context, code = 'MH-STP', trail = '1'): Promise<string> {
	const [unit] = await ctx.db.insert(units).values({ code, path: trail }).returning({ id: units.id });
	return unit!.id;
}

/** A lecture whose file has arrived in the store and waits for a worker. */
async function uploaded(ctx: Context, file: string, name = 'Bài 1.mp4') {
	const lectureId = await addLecture(ctx, ctx.db, { unitId: await aUnit(ctx), title: 'Bài 1' });
	const target = await beginUpload(ctx, lectureId);
	await ctx.storage.putFile(sourceKey(lectureId, target.revision), file, { contentType: 'video/mp4' });
	await finishUpload(ctx, target, { name, sizeBytes: (await fs.stat(file)).size });
	return target;
}

async function keys(ctx: Context, prefix: string): Promise<string[]> {
	const found: string[] = [];
	for await (const { key } of ctx.storage.list(prefix)) found.push(key.slice(prefix.length));
	return found;
}

const textFile = async (ctx: Context, text: string) => {
	const file = path.join(ctx.config.dataDir, 'in.mp4');
	await fs.writeFile(file, text);
	return file;
};

test('an uploaded clip becomes a lecture that plays, once, however often it is finished', async ({ ctx }) => {
	const file = await clip(ctx.config.dataDir);
	const { lectureId, revision } = await uploaded(ctx, file);
	await finishUpload(ctx, { lectureId, revision }, { name: 'again.mp4', sizeBytes: 1 });
	expect(await runJobs(ctx, mediaJobs)).toBe(1);

	const ready = await getReadyRevision(ctx.db, lectureId);
	expect(ready).toMatchObject({ state: 'ready', progressPercent: 100, sourceName: 'Bài 1.mp4', hasAudio: true });
	expect(ready?.durationS).toBeCloseTo(3, 0);
	const master = masterPlaylistText(ready!, [], (name) => `${name}.m3u8`);
	expect(master).toMatch(/RESOLUTION=426x240.*\n240p\.m3u8/);
	expect(master).toMatch(/CHANNELS="1",URI="audio\.m3u8"/);
	const playlist = await renditionPlaylistText(ctx.storage, ready!, '240p');
	expect(playlist).toMatch(/EXT-X-MAP:URI="\/media\/lectures\/[^"]+&s=/);
	await expect(renditionPlaylistText(ctx.storage, ready!, '../x')).rejects.toThrow('no_such_rendition');
});

test('a retry replaces the same objects and removes what an earlier run left', async ({ ctx }) => {
	const { lectureId, revision } = await uploaded(ctx, await clip(ctx.config.dataDir));
	const prefix = `lectures/${lectureId}/${revision}/`;
	await ctx.storage.put(`${prefix}1080p.mp4`, 'half of an earlier run', { contentType: 'video/mp4' });
	await runJobs(ctx, mediaJobs);
	expect(await keys(ctx, prefix)).toEqual([
		'240p.m3u8',
		'240p.mp4',
		'audio.m3u8',
		'audio.mp4',
		'fallback.mp4',
		'poster.jpg',
		'source',
		'storyboard.jpg'
	]);
	expect(await fs.readdir(path.join(ctx.config.dataDir, 'tmp'))).toEqual([]);
});

describe('a file that is no lecture', () => {
	test.for([
		{ name: 'text', text: 'Đây không phải là video.', code: 'not_media' },
		{ name: 'playlist', text: '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', code: 'playlist_refused' },
		{ name: 'concat script', text: "ffconcat version 1.0\nfile '/etc/passwd'\n", code: 'playlist_refused' },
		{ name: 'nothing', text: '', code: 'empty_file' }
	])('$name fails at once with its code and without a retry', async ({ text, code }, { ctx }) => {
		const { lectureId } = await uploaded(ctx, await textFile(ctx, text));
		await runJobs(ctx, mediaJobs);
		expect(await findNewestRevision(ctx.db, lectureId)).toMatchObject({ state: 'failed', failureCode: code });
		expect(await getReadyRevision(ctx.db, lectureId)).toBeUndefined();
	});
});

test('storage that is away puts the work back into the queue, and it then finishes', async ({ ctx }) => {
	const { lectureId } = await uploaded(ctx, await clip(ctx.config.dataDir));
	const { unavailable } = await import('#lib/server/platform/storage/failures.ts');
	const down = { ...ctx, storage: { ...ctx.storage, getFile: () => Promise.reject(unavailable('down')) } };
	await expect(runJobs(down, mediaJobs)).rejects.toThrow('storage.unavailable');
	expect(await findNewestRevision(ctx.db, lectureId)).toMatchObject({
		state: 'queued',
		failureCode: 'storage_unavailable',
		attempts: 0
	});
	await mediaJobs[0]!.run(ctx, { lectureId, revision: 1 }, new AbortController().signal);
	expect(await getReadyRevision(ctx.db, lectureId)).toMatchObject({ failureCode: null });
});

test('a failed file can be tried again, a ready one not', async ({ ctx }) => {
	const { lectureId } = await uploaded(ctx, await textFile(ctx, 'no'));
	await runJobs(ctx, mediaJobs);
	await retryTranscode(ctx, lectureId);
	expect(await findNewestRevision(ctx.db, lectureId)).toMatchObject({ state: 'queued', attempts: 0 });
	await expect(retryTranscode(ctx, lectureId)).rejects.toThrow('not_retryable');
});
