import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MediaFailure } from '#media-pipeline/failure.ts';
import { findFfmpeg, type FfmpegTools } from '#media-pipeline/find-ffmpeg.ts';
import { transcode } from '#media-pipeline/transcode.ts';

const run = promisify(execFile);
/** `CORRUPTED=200 npx vitest run …` is the long run; a few files keep every change honest. */
const FILES = Number(process.env.CORRUPTED ?? 16);
const KINDS = ['mp4', 'mkv', 'ts', 'avi'];

let dir: string;
let ffmpeg: FfmpegTools;

beforeAll(async () => {
	dir = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-corrupted-'));
	ffmpeg = await findFfmpeg();
	for (const kind of KINDS) {
		const inputs = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=10:d=2', '-f', 'lavfi', '-i', 'sine=d=2'];
		const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
		await run(ffmpeg.ffmpegPath, ['-v', 'error', '-y', ...inputs, ...codecs, path.join(dir, `good.${kind}`)]);
	}
});
afterAll(() => fs.rm(dir, { recursive: true, force: true }));

/** Bytes with some of them changed, the same ones for the same seed (xorshift). */
function flipped(good: Buffer, seed: number): Buffer {
	const bytes = Buffer.from(good);
	let state = seed * 2654435761 + 1;
	const next = (below: number) => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % below;
	};
	for (let i = 0; i < 1 + (seed % 20); i++) bytes[next(bytes.length)]! ^= 1 << next(8);
	return bytes;
}

test(
	`${FILES} files with flipped bytes are made into lectures or refused with a reason, and leave nothing`,
	async () => {
		const work = path.join(dir, 'work');
		await fs.mkdir(work);
		const outcomes = new Map<string, number>();
		for (let seed = 1; seed <= FILES; seed++) {
			const kind = KINDS[seed % KINDS.length]!;
			const sourcePath = path.join(dir, `bad.${kind}`);
			await fs.writeFile(sourcePath, flipped(await fs.readFile(path.join(dir, `good.${kind}`)), seed));
			const outputDir = path.join(work, 'hls');
			const outcome = await transcode({ sourcePath, outputDir, ffmpeg }).then(
				() => 'made',
				(error: unknown) => {
					expect(error, `seed ${seed}`).toBeInstanceOf(MediaFailure);
					return (error as MediaFailure).code;
				}
			);
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			await fs.rm(outputDir, { recursive: true, force: true });
			expect(await fs.readdir(work), `seed ${seed}, ${outcome}`).toEqual([]);
		}
		expect([...outcomes.values()].reduce((sum, count) => sum + count, 0)).toBe(FILES);
		const { stdout } = await run('ps', ['-eo', 'args']);
		expect(stdout.split('\n').filter((line) => line.includes(dir) && line.includes('ffmpeg'))).toEqual([]);
	},
	20_000 + FILES * 10_000
);
