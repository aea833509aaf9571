import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { sourceKey } from '#lib/server/lectures/keys.ts';
import { makeSoundFile } from '#lib/server/lectures/make-sound-file-job.ts';
import { getReadyRevision } from '#lib/server/lectures/queries.ts';
import { beginUpload, finishUpload } from '#lib/server/lectures/service.ts';
import { findSoundDownload, getSoundFile, setSoundDownload } from '#lib/server/lectures/sound-file.ts';
import { listOrphans } from '#lib/server/lectures/sweep-job.ts';
import { transcodeLecture } from '#lib/server/lectures/transcode-job.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { runJobs, sentJobs } from '../support/jobs.ts';
import { aLectureWorld, drawClip, keysBelow } from '../support/lecture-world.ts';
import { as, test } from '../support/test.ts';

async function bring(ctx: Context, target: { lectureId: string; revision: number }) {
	const clip = await drawClip(ctx.config.dataDir);
	await ctx.storage.putFile(sourceKey(target.lectureId, target.revision), clip, { contentType: 'video/mp4' });
	await finishUpload(ctx, target, { name: 'Bài 1.mp4', sizeBytes: (await fs.stat(clip)).size });
	await runJobs(ctx, [transcodeLecture]);
}

test('the sound is made once it is allowed, offered while it is, and made anew for a replaced file', async ({
	ctx
}) => {
	const { lectureId, trainer, prefix } = await aLectureWorld(ctx);
	const by = as(ctx, trainer);
	expect(await getSoundFile(by, lectureId)).toBeUndefined(); // no file yet
	await bring(ctx, { lectureId, revision: 1 });
	expect(await sentJobs(ctx)).toEqual([]);
	expect(await getSoundFile(by, lectureId)).toEqual({ isAllowed: false, sizeBytes: null });

	await setSoundDownload(by, lectureId, true);
	await runJobs(ctx, [makeSoundFile]);
	const { soundBytes, ...ready } = (await getReadyRevision(ctx.db, lectureId))!;
	expect(await getSoundFile(by, lectureId)).toEqual({ isAllowed: true, sizeBytes: soundBytes });
	const file = path.join(ctx.config.dataDir, 'taken.mp3');
	await ctx.storage.getFile(ready.soundKey!, file);
	const entries = 'stream=codec_name:format=duration:format_tags=title';
	const probe = ['-v', 'error', '-show_entries', entries, '-of', 'json', file];
	const { stdout } = await promisify(execFile)((await findFfmpeg()).ffprobePath, probe);
	expect(JSON.parse(stdout)).toMatchObject({
		streams: [{ codec_name: 'mp3' }],
		format: { tags: { title: 'Bài 1' } }
	});
	expect(Number(JSON.parse(stdout).format.duration)).toBeCloseTo(ready.durationS!, 0);
	const offered = await findSoundDownload(ctx, (await getReadyRevision(ctx.db, lectureId))!);
	expect(offered).toMatchObject({ sizeBytes: (await fs.stat(file)).size });
	expect(await listOrphans(ctx)).toEqual([]);

	await setSoundDownload(by, lectureId, false);
	expect(await findSoundDownload(ctx, (await getReadyRevision(ctx.db, lectureId))!)).toBeUndefined();
	await setSoundDownload(by, lectureId, true);
	expect(await sentJobs(ctx)).toEqual([]); // the file is still there

	const { revision } = await beginUpload(by, lectureId);
	await bring(ctx, { lectureId, revision });
	await runJobs(ctx, [makeSoundFile]);
	expect((await getReadyRevision(ctx.db, lectureId))?.soundKey).toBe(`lectures/${lectureId}/${revision}/sound.mp3`);
	expect(await keysBelow(ctx, prefix)).toContain('sound.mp3');
});

test('a trainer of another unit neither allows nor sees it', async ({ ctx }) => {
	const { lectureId, trainer } = await aLectureWorld(ctx);
	const grants = [{ role: 'trainer', unitId: '00000000-0000-4000-8000-000000000002', unitPath: '7' }] as const;
	const stranger = as(ctx, { ...trainer, grants } as typeof trainer);
	await expect(setSoundDownload(stranger, lectureId, true)).rejects.toThrow('no_such_lecture');
	await expect(getSoundFile(stranger, lectureId)).rejects.toThrow('no_such_lecture');
});
