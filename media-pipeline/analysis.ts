import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PictureAnalysis } from './decision.ts';
import { loudnessArgs, sampleArgs, SEGMENT_S } from './ffmpeg-args.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import type { FrameRate } from './ladder.ts';
import { runTool } from './run-ffmpeg.ts';
import type { SourceInfo } from './source-info.ts';

const MINUTE = 60;
const MEGABYTE = 1_000_000;
/** Mean difference of luma to the frame before, of 255: above the flicker of a compressed still, below a moving hand. */
const MOVES_ABOVE = 0.25;
const [FEWEST_SAMPLES, MOST_SAMPLES] = [2, 6];

/** What all runs of one source share. */
type Source = Readonly<{
	ffmpeg: FfmpegTools;
	sourceFile: string;
	workDir: string;
	source: SourceInfo;
	signal: AbortSignal | undefined;
}>;

/**
 * Encodes a few short samples of the picture, spread over the source, small and at the rate it will be shown.
 * Costs about a second of work per sample.
 */
export async function analysePicture(job: Source, frameRate: FrameRate): Promise<PictureAnalysis> {
	const { video, durationS, container } = job.source;
	if (!video) throw new Error('there is no picture to analyse');
	let [bits, frames, moving] = [0, 0, 0];
	for (const atS of samplesOf(durationS)) {
		await runTool(job.ffmpeg, {
			tool: 'ffmpeg',
			args: sampleArgs({
				...{ input: job.sourceFile, container, streamIndex: video.streamIndex, frameRate, atS },
				durationS: SEGMENT_S,
				isUpright: video.height > video.width
			}),
			readable: [job.sourceFile],
			workDir: job.workDir,
			timeoutS: 5 * MINUTE,
			fileBytes: 100 * MEGABYTE,
			signal: job.signal
		});
		bits += 8 * (await stat(join(job.workDir, 'sample.h264'))).size;
		const moves = (await readFile(join(job.workDir, 'moves.txt'), 'utf8')).matchAll(/YDIF=([\d.]+)/g);
		for (const [, difference] of moves) {
			frames++;
			if (Number(difference) > MOVES_ABOVE) moving++;
		}
	}
	const pixels = samplePixels(video);
	return { pixels, bitsPerPixel: bits / Math.max(1, frames) / pixels, movingShare: moving / Math.max(1, frames) };
}

/** Where samples begin, seconds: more of a longer source, none in its last seconds. */
function samplesOf(durationS: number): number[] {
	const count = Math.min(MOST_SAMPLES, Math.max(FEWEST_SAMPLES, Math.floor(durationS / MINUTE)));
	if (durationS < SEGMENT_S * count * 2) return [0];
	return Array.from({ length: count }, (_, i) => ((i + 0.5) / count) * (durationS - SEGMENT_S));
}

function samplePixels({ width, height }: { width: number; height: number }): number {
	const shortSide = Math.min(width, height);
	return 360 * Math.round((Math.max(width, height) * 360) / shortSide);
}

/** Where the sound is brought to (EBU R 128 as streaming services use it). */
const TARGET_LUFS = -16;
/** Quieter than this is no voice: noise of an empty line must not be blown up. */
const SILENCE_LUFS = -55;
const [MOST_CUT_DB, MOST_BOOST_DB] = [-30, 24];

/** Loudness of the source and the gain towards −16 LUFS. Undefined loudness: silence. */
export type Loudness = Readonly<{ measuredLufs: number | undefined; gainDb: number }>;

/** Listens to the whole sound once, much faster than it plays. */
export async function analyseLoudness(job: Source): Promise<Loudness> {
	const { audio, container, durationS } = job.source;
	if (!audio) throw new Error('there is no sound to analyse');
	const { stderr } = await runTool(job.ffmpeg, {
		tool: 'ffmpeg',
		args: loudnessArgs(container, job.sourceFile, audio.streamIndex),
		readable: [job.sourceFile],
		timeoutS: durationS + 10 * MINUTE,
		signal: job.signal
	});
	return loudnessOf(stderr);
}

/** Reads the summary of ffmpeg's ebur128. Pure. */
export function loudnessOf(stderr: string): Loudness {
	const found = /Integrated loudness:\s+I:\s+(-?[\d.]+|-inf) LUFS/.exec(stderr.slice(stderr.lastIndexOf('Summary:')));
	const measured = Number(found?.[1]);
	if (!Number.isFinite(measured) || measured < SILENCE_LUFS) return { measuredLufs: undefined, gainDb: 0 };
	const gainDb = Math.min(MOST_BOOST_DB, Math.max(MOST_CUT_DB, TARGET_LUFS - measured));
	return { measuredLufs: measured, gainDb: Math.abs(gainDb) < 0.5 ? 0 : gainDb };
}
