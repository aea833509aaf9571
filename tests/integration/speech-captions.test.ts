import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import * as captions from '#lib/server/lectures/captions.ts';
import { sourceKey } from '#lib/server/lectures/keys.ts';
import { getPreviewTrack } from '#lib/server/lectures/media.ts';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { recogniseSpeech } from '#lib/server/lectures/recognise-speech-job.ts';
import { cancelRecognition, getRecognition, requestRecognition } from '#lib/server/lectures/recognise-speech.ts';
import { finishUpload } from '#lib/server/lectures/service.ts';
import { captionRecognitions } from '#lib/server/lectures/tables.ts';
import { transcodeLecture } from '#lib/server/lectures/transcode-job.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { runJobs, sentJobs } from '../support/jobs.ts';
import { aLectureWorld, drawClip } from '../support/lecture-world.ts';
import { as, test } from '../support/test.ts';

/** A lecture with sound that is ready, and a program of three lines in place of a recogniser of speech. */
async function aWorld(ctx: Context, script: string) {
	const { lectureId, trainer } = await aLectureWorld(ctx);
	const clip = await drawClip(ctx.config.dataDir);
	await ctx.storage.putFile(sourceKey(lectureId, 1), clip, { contentType: 'video/mp4' });
	await finishUpload(ctx, { lectureId, revision: 1 }, { name: 'Bài 1.mp4', sizeBytes: (await fs.stat(clip)).size });
	await runJobs(ctx, [transcodeLecture]);
	const speechCommand = path.join(ctx.config.dataDir, 'listen');
	await fs.writeFile(speechCommand, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	const by = { ...as(ctx, trainer), config: { ...ctx.config, speechCommand } };
	const work = { ...ctx, config: by.config };
	return { lectureId, by, work };
}

const WRITES = String.raw`cp "$1" ../heard.wav
printf 'WEBVTT\n\n00:00.000 --> 00:01.500\nXin chào (%s)\n\n00:01.500 --> 00:09.000\n%s\n' "$3" "$SECRET_KEY$DATABASE_URL." > "$2"`;

test('a program’s draft is labelled, shown to nobody, and becomes captions when a person shows it', async ({ ctx }) => {
	const { lectureId, by, work } = await aWorld(ctx, WRITES);
	await requestRecognition(by, lectureId, 'vi');
	await requestRecognition(by, lectureId, 'vi'); // pressed twice
	expect((await sentJobs(ctx)).map(({ name }) => name)).toEqual(['lectures.recognise_speech']);
	expect(await getRecognition(by, lectureId)).toEqual({
		canRecognise: true,
		requests: [{ language: 'vi', state: 'waiting' }]
	});
	await runJobs(work, [recogniseSpeech]);
	const heard = path.join(ctx.config.dataDir, 'tmp', 'heard.wav');
	const probe = ['-v', 'error', '-show_entries', 'stream=codec_name,sample_rate,channels', '-of', 'csv=p=0', heard];
	const { stdout } = await promisify(execFile)((await findFfmpeg()).ffprobePath, probe);
	expect(stdout.trim()).toBe('pcm_s16le,16000,1');
	expect((await captions.getCaptionsForAuthor(by, lectureId)).tracks).toMatchObject([
		{ language: 'vi', state: 'draft', origin: 'automatic', lines: 2 }
	]);
	expect((await getRecognition(by, lectureId)).requests).toEqual([]);
	await expect(getPreviewTrack(by, lectureId, 'vi')).rejects.toThrow('captions.not_found');
	const { cues, lockVersion } = await captions.getCuesForAuthor(by, lectureId, 'vi');
	expect(cues.map(({ text }) => text)).toEqual(['Xin chào (vi)', '.']); // nothing of our environment is told
	expect(cues.at(-1)!.endMs).toBeLessThan(3500);

	await requestRecognition(by, lectureId, 'vi'); // an unread draft may be made anew …
	await runJobs(work, [recogniseSpeech]);
	await expect(captions.saveCues(by, lectureId, 'vi', { lockVersion, cues })).rejects.toThrow('form.stale');
	await captions.setCaptionState(by, lectureId, { language: 'vi', state: 'published' });
	expect(await getPreviewTrack(by, lectureId, 'vi')).toContain('Xin chào (vi)');
	await expect(requestRecognition(by, lectureId, 'vi')).rejects.toThrow('captions.written_by_people'); // … approved ones not
	expect(await fs.readdir(path.join(ctx.config.dataDir, 'tmp'))).toEqual(['heard.wav']);
});

test('what a person writes while the program runs stays', async ({ ctx }) => {
	const { lectureId, by, work } = await aWorld(ctx, WRITES);
	await requestRecognition(by, lectureId, 'vi');
	const file = new File(['WEBVTT\n\n00:00.000 --> 00:01.000\nDo người soạn\n'], 'phu-de.vtt');
	await captions.uploadCaptions(by, lectureId, { language: 'vi', file });
	await runJobs(work, [recogniseSpeech]);
	expect(await getPreviewTrack(by, lectureId, 'vi')).toContain('Do người soạn');
	expect((await getRecognition(by, lectureId)).requests).toEqual([]);
});

test.for([
	{ name: 'fails', script: 'echo "no model" >&2; exit 3' },
	{ name: 'writes nothing', script: 'exit 0' },
	{ name: 'writes what is no captions', script: 'echo "<html>" > "$2"' }
])('a program that $name is told to the trainer, who may try again or not', async ({ script }, { ctx }) => {
	const { lectureId, by, work } = await aWorld(ctx, script);
	await requestRecognition(by, lectureId, 'vi');
	await runJobs(work, [recogniseSpeech]);
	expect((await getRecognition(by, lectureId)).requests).toEqual([{ language: 'vi', state: 'failed' }]);
	await requestRecognition(by, lectureId, 'vi');
	expect((await getRecognition(by, lectureId)).requests).toEqual([{ language: 'vi', state: 'waiting' }]);
	await cancelRecognition(by, lectureId, 'vi');
	expect(await getRecognition(by, lectureId)).toMatchObject({ requests: [] });
	await runJobs(work, [recogniseSpeech]); // nothing is left to do
	expect((await captions.getCaptionsForAuthor(by, lectureId)).tracks).toEqual([]);
});

test('a request that is taken back ends the program; a worker that stops gives it to the next', async ({ ctx }) => {
	const { lectureId, by, work } = await aWorld(ctx, 'sleep 60 & echo $! > ../child; wait');
	await requestRecognition(by, lectureId, 'vi');
	const running = runJobs(work, [recogniseSpeech]);
	const child = path.join(ctx.config.dataDir, 'tmp', 'child');
	while (!(await fs.readFile(child, 'utf8').catch(() => ''))) await sleep(50);
	await cancelRecognition(by, lectureId, 'vi');
	await running;
	const pid = Number(await fs.readFile(child, 'utf8'));
	await sleep(200);
	expect(await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).not.toContain('sleep');

	await fs.rm(child);
	await requestRecognition(by, lectureId, 'vi');
	const [waiting] = await ctx.db.select().from(captionRecognitions);
	const stop = new AbortController();
	const stopped = recogniseSpeech.run(work, { lectureId, language: 'vi', request: waiting!.request }, stop.signal);
	while (!(await fs.readFile(child, 'utf8').catch(() => ''))) await sleep(50);
	stop.abort(new Error('the worker stops'));
	await expect(stopped).rejects.toThrow('the worker stops');
	const rows = ctx.db.select().from(captionRecognitions).where(eq(captionRecognitions.lectureId, lectureId));
	expect(await rows).toMatchObject([{ state: 'waiting' }]);
});

test('nobody asks for a draft of another unit’s lecture, nor without a program or sound', async ({ ctx }) => {
	const { lectureId, trainer } = await aLectureWorld(ctx);
	const by = as(ctx, trainer);
	await expect(requestRecognition(by, lectureId, 'vi')).rejects.toThrow('captions.no_recognition');
	const able = { ...by, config: { ...ctx.config, speechCommand: '/bin/true' } };
	await expect(requestRecognition(able, lectureId, 'vi')).rejects.toThrow('captions.no_sound');
	const grants = [{ role: 'trainer', unitId: '00000000-0000-4000-8000-000000000002', unitPath: '7' }] as const;
	const stranger = { ...able, actor: { ...trainer, grants } };
	await expect(requestRecognition(stranger, lectureId, 'vi')).rejects.toThrow('no_such_lecture');
	await expect(cancelRecognition(stranger, lectureId, 'vi')).rejects.toThrow('no_such_lecture');
	await expect(getRecognition(stranger, lectureId)).rejects.toThrow('no_such_lecture');
});
