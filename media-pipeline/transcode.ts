import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { analyseLoudness, analysePicture, type Loudness } from './analysis.ts';
import { decide, type Decision } from './decision.ts';
import { withinFreeSpace } from './disk-space.ts';
import {
	AUDIO_KBPS,
	fallbackArgs,
	hlsArgs,
	posterArgs,
	SEGMENT_S,
	storyboardArgs,
	type HlsJob
} from './ffmpeg-args.ts';
import { failureOfFileSystem, MediaFailure } from './failure.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { fpsOf, ladderFor, outputFrameRate, type FrameRate, type Rung } from './ladder.ts';
import { notesOf, type MediaNote } from './notes.ts';
import { masterPlaylist } from './playlist.ts';
import { probe } from './probe.ts';
import { finishRendition, type AudioRendition, type VideoRendition } from './rendition.ts';
import { runTool } from './run-ffmpeg.ts';
import type { SourceInfo } from './source-info.ts';
import { storyboardFor, type Storyboard } from './storyboard.ts';

/** What was made of one source. */
export type TranscodeResult = Readonly<{
	durationS: number;
	hasVideo: boolean;
	hasAudio: boolean;
	/** Largest first; empty for sound alone. */
	renditions: readonly VideoRendition[];
	audio: AudioRendition | undefined;
	/** Name of a JPEG; none for sound alone. */
	poster: string | undefined;
	/** A sheet of small pictures over the whole length, and its file; none for sound alone. */
	storyboard: (Storyboard & { file: string }) | undefined;
	decision: MediaDecision;
	/** Name of a plain MP4 (M4A for sound alone) for browsers without HLS: the smallest rendition with its sound. */
	fallback: string;
	/** Codes of what is worth telling the person who uploaded it. */
	notes: readonly MediaNote[];
	source: SourceInfo;
}>;

/** What was decided about picture and sound, with the reasons. */
export type MediaDecision = Readonly<{ picture?: Decision; loudness?: Loudness }>;

/** `percent` runs from 0 to 100 within the phase; `remainingS` is ffmpeg's own pace carried on. */
export type TranscodeProgress = Readonly<{
	phase: 'probing' | 'encoding' | 'packaging';
	percent: number;
	remainingS?: number;
}>;

export type TranscodeInput = Readonly<{
	sourcePath: string;
	/** Replaced as a whole when everything is ready, so running twice is safe; its parent must be writable. */
	outputDir: string;
	ffmpeg: FfmpegTools;
	onProgress?: (progress: TranscodeProgress) => void;
	signal?: AbortSignal;
}>;

const MINUTE = 60;
const MEGABYTE = 1_000_000;
/** How much shorter than promised a result may be: containers round, recorders drop a last fragment. */
const TOLERATED_LOSS_S = 1.5;
const TOLERATED_LOSS_SHARE = 0.02;
const POSTER_SHORT_SIDE = 480;

/**
 * Turns one file into adaptive HLS, a poster and a plain MP4, in `outputDir`; `master.m3u8` there plays from disk.
 * Nothing is left behind when it fails or is aborted.
 * @throws {MediaFailure}; the signal's reason when aborted
 */
export async function transcode({
	sourcePath,
	outputDir,
	ffmpeg,
	onProgress,
	signal
}: TranscodeInput): Promise<TranscodeResult> {
	const sourceFile = resolve(sourcePath);
	const target = resolve(outputDir);
	onProgress?.({ phase: 'probing', percent: 0 });
	const source = await probe(ffmpeg, sourceFile, signal);
	let workDir: string | undefined;
	try {
		await mkdir(dirname(target), { recursive: true });
		workDir = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
		const common = { ffmpeg, sourceFile, workDir, source, onProgress };
		const result = await withinFreeSpace(workDir, signal, async (stop) => {
			const job = { ...common, signal: stop, ...(await plan({ ...common, signal: stop })) };
			await encode(job);
			onProgress?.({ phase: 'packaging', percent: 0 });
			return packageRenditions(job);
		});
		await rm(target, { recursive: true, force: true });
		await rename(workDir, target);
		onProgress?.({ phase: 'packaging', percent: 100 });
		return result;
	} catch (error) {
		throw failureOfFileSystem(error);
	} finally {
		if (workDir) await rm(workDir, { recursive: true, force: true, maxRetries: 3 });
	}
}

type Work = Plan & {
	ffmpeg: FfmpegTools;
	workDir: string;
	source: SourceInfo;
	signal: AbortSignal | undefined;
};

/** What is to be made, by a look at the source. */
type Plan = Readonly<{ rungs: readonly Rung[]; frameRate: FrameRate | undefined; decision: MediaDecision }>;

async function plan(job: Omit<Work, keyof Plan> & { sourceFile: string }): Promise<Plan> {
	const { video, audio } = job.source;
	const loudness = audio && (await analyseLoudness(job));
	if (!video) return { rungs: [], frameRate: undefined, decision: { ...(loudness && { loudness }) } };
	const fullRate = outputFrameRate(video);
	const decided = decide(await analysePicture(job, fullRate), ladderFor(video), fullRate);
	await removeSamples(job.workDir);
	return {
		rungs: decided.rungs,
		frameRate: decided.frameRate,
		decision: { picture: decided.decision, ...(loudness && { loudness }) }
	};
}

async function encode(job: Work & { sourceFile: string; onProgress: TranscodeInput['onProgress'] }): Promise<void> {
	const { source, rungs, onProgress } = job;
	const maxRateKbps = Math.max(AUDIO_KBPS, ...rungs.map((rung) => rung.maxRateKbps));
	onProgress?.({ phase: 'encoding', percent: 0 });
	await runTool(job.ffmpeg, {
		tool: 'ffmpeg',
		args: hlsArgs(hlsJob(job)),
		readable: [job.sourceFile],
		workDir: job.workDir,
		timeoutS: 4 * source.durationS + 10 * MINUTE,
		fileBytes: 100 * MEGABYTE + source.durationS * maxRateKbps * 125 * 2, // 125 bytes in a kilobit; twice for the buffer
		signal: job.signal,
		onProgress: ({ outTimeS, speed }) => {
			const leftS = Math.max(0, source.durationS - outTimeS);
			const percent = Math.min(100, (100 * outTimeS) / source.durationS);
			onProgress?.({ phase: 'encoding', percent, ...(speed ? { remainingS: leftS / speed } : {}) });
		}
	});
}

function hlsJob({ sourceFile, source, rungs, frameRate, decision }: Work & { sourceFile: string }): HlsJob {
	const { container, video, audio } = source;
	const { picture, loudness } = decision;
	return {
		input: sourceFile,
		container,
		...(video &&
			frameRate &&
			picture && {
				video: {
					...{ streamIndex: video.streamIndex, isInterlaced: video.isInterlaced },
					...{ rungs, frameRate, crf: picture.crf, preset: picture.preset }
				}
			}),
		...(audio && {
			audio: {
				...{ streamIndex: audio.streamIndex, channels: audio.channels, gainDb: loudness?.gainDb ?? 0 },
				...(video && { padToS: source.durationS })
			}
		})
	};
}

async function packageRenditions(work: Work): Promise<TranscodeResult> {
	const { workDir, source, rungs } = work;
	const fps = work.frameRate ? fpsOf(work.frameRate) : 0;
	const durations: number[] = [];
	const finish = async (name: string) => {
		const { rendition, durationS } = await finishRendition(workDir, name);
		durations.push(durationS);
		return rendition;
	};
	const renditions: VideoRendition[] = [];
	for (const { name, width, height } of rungs) {
		renditions.push({ ...(await finish(name)), kind: 'video', width, height, fps });
	}
	const audio: AudioRendition | undefined = source.audio && {
		...(await finish('audio')),
		kind: 'audio',
		channels: Math.min(source.audio.channels, 2)
	};
	const durationS = rungs.length > 0 ? durations[0]! : Math.max(...durations);
	refuseLostEnd(source, durationS);
	const uri = (name: string) => `${name}.m3u8`;
	await writeFile(
		join(workDir, 'master.m3u8'),
		masterPlaylist({ video: renditions, ...(audio ? { audio } : {}), uri })
	);
	return {
		durationS,
		hasVideo: renditions.length > 0,
		hasAudio: audio !== undefined,
		renditions,
		audio,
		poster: await makePoster(work, renditions, durationS),
		storyboard: await makeStoryboard(work, renditions.at(-1), durationS),
		fallback: await makeFallback(work, renditions.at(-1), audio),
		decision: work.decision,
		notes: notesOf(source),
		source
	};
}

/** A cut-off upload still names its full duration, and ffmpeg calls its end a warning. */
function refuseLostEnd({ durationS, isDurationDeclared }: SourceInfo, producedS: number): void {
	const lostS = durationS - producedS;
	if (isDurationDeclared && lostS > Math.max(TOLERATED_LOSS_S, durationS * TOLERATED_LOSS_SHARE)) {
		throw new MediaFailure(
			'truncated',
			`${producedS.toFixed(1)} s came out of a file that promises ${durationS.toFixed(1)} s`
		);
	}
}

async function makePoster(
	work: Work,
	renditions: readonly VideoRendition[],
	durationS: number
): Promise<string | undefined> {
	const from = renditions.find(({ width, height }) => Math.min(width, height) <= POSTER_SHORT_SIDE);
	if (!from) return undefined;
	await copyTool(work, posterArgs({ input: from.file, atS: Math.min(durationS * 0.1, 30), output: 'poster.jpg' }));
	return 'poster.jpg';
}

async function makeStoryboard(
	work: Work,
	from: VideoRendition | undefined,
	durationS: number
): Promise<TranscodeResult['storyboard']> {
	if (!from) return undefined;
	const sheet = storyboardFor(from, durationS, SEGMENT_S);
	await copyTool(work, storyboardArgs({ input: from.file, output: 'storyboard.jpg', sheet }));
	return { ...sheet, file: 'storyboard.jpg' };
}

async function makeFallback(
	work: Work,
	video: VideoRendition | undefined,
	audio: AudioRendition | undefined
): Promise<string> {
	const name = video ? 'fallback.mp4' : 'fallback.m4a';
	const inputs = [video, audio].filter((part) => part !== undefined).map(({ file }) => file);
	await copyTool(work, fallbackArgs({ inputs, output: name }));
	return name;
}

async function removeSamples(workDir: string): Promise<void> {
	for (const name of ['sample.h264', 'moves.txt']) await rm(join(workDir, name), { force: true });
}

/** The short runs on our own renditions, which already lie in the folder the sandbox may use. */
async function copyTool({ ffmpeg, workDir, source, signal }: Work, args: string[]): Promise<void> {
	const fileBytes = 100 * MEGABYTE + source.durationS * MEGABYTE;
	await runTool(ffmpeg, {
		tool: 'ffmpeg',
		args,
		readable: [],
		workDir,
		timeoutS: 10 * MINUTE,
		fileBytes,
		signal
	});
}
