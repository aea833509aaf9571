import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fallbackArgs, posterArgs, SEGMENT_S, storyboardArgs } from './ffmpeg-args.ts';
import { MediaFailure } from './failure.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { joinStretches } from './join.ts';
import { fpsOf } from './ladder.ts';
import { notesOf, type MediaNote } from './notes.ts';
import type { MediaDecision, MediaPlan } from './plan.ts';
import { masterPlaylist } from './playlist.ts';
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

const MINUTE = 60;
const MEGABYTE = 1_000_000;
/** How much shorter than promised a result may be: containers round, recorders drop a last fragment. */
const TOLERATED_LOSS_S = 1.5;
const TOLERATED_LOSS_SHARE = 0.02;
const POSTER_SHORT_SIDE = 480;

type Work = Readonly<{
	ffmpeg: FfmpegTools;
	plan: MediaPlan;
	source: SourceInfo;
	partsDir: string;
	workDir: string;
	signal: AbortSignal | undefined;
}>;

/**
 * Makes of encoded parts what a store and a player need: joined renditions with measured playlists, the master, poster,
 * storyboard and the plain MP4. `parts` holds a folder per part; the result lands beside it in `workDir`.
 * @param only names of the renditions to take, for a lecture that is shown before all are made
 * @throws {MediaFailure} `truncated` when less came out than the source promises
 */
export async function packageParts(work: Work, only?: readonly string[]): Promise<TranscodeResult> {
	const { workDir, source, plan } = work;
	const rungs = plan.rungs.filter(({ name }) => !only || only.includes(name));
	for (const name of [...rungs.map((rung) => rung.name), ...(source.audio ? ['audio'] : [])]) {
		const folders = plan.parts
			.filter(({ renditions }) => renditions.includes(name))
			.map((part) => join(work.partsDir, part.name));
		await joinStretches(folders, name, workDir);
	}
	const fps = plan.frameRate ? fpsOf(plan.frameRate) : 0;
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
		decision: plan.decision,
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
