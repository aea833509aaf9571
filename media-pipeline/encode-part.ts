import { AUDIO_KBPS, hlsArgs, keyframeEvery, pictureDelayS, type HlsJob } from './ffmpeg-args.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { fpsOf } from './ladder.ts';
import type { Part } from './parts.ts';
import type { MediaPlan } from './plan.ts';
import { runTool } from './run-ffmpeg.ts';

const MINUTE = 60;
const MEGABYTE = 1_000_000;
/** Segments decoded before a stretch of an uneven source, whose last frame may have stood for long. */
const LEAD_SEGMENTS = { even: 1, uneven: 3 };

/**
 * Makes one part of a plan in an empty folder: `<rendition>.mp4` and `<rendition>.m3u8` of each of its renditions.
 * @param onProgress share of the part, 0–1
 * @throws {MediaFailure}; the signal's reason when aborted
 */
export async function encodePart(job: {
	ffmpeg: FfmpegTools;
	plan: MediaPlan;
	part: Part;
	sourceFile: string;
	workDir: string;
	signal: AbortSignal | undefined;
	onProgress?: (share: number) => void;
}): Promise<void> {
	const { plan, part, sourceFile } = job;
	const { durationS } = plan.source;
	const args = hlsArgs(hlsJob(plan, part, sourceFile));
	const lengthS = lengthOf(plan, part);
	const rungs = plan.rungs.filter(({ name }) => part.renditions.includes(name));
	const maxRateKbps = Math.max(AUDIO_KBPS, ...rungs.map((rung) => rung.maxRateKbps));
	await runTool(job.ffmpeg, {
		...{ tool: 'ffmpeg', args, readable: [sourceFile], workDir: job.workDir, signal: job.signal },
		timeoutS: 4 * durationS + 10 * MINUTE,
		fileBytes: 100 * MEGABYTE + durationS * maxRateKbps * 125 * 2, // 125 bytes in a kilobit; twice for the buffer
		onProgress: ({ outTimeS }) => job.onProgress?.(Math.min(1, outTimeS / lengthS))
	});
}

function lengthOf({ source, frameRate }: MediaPlan, { fromFrame, toFrame }: Part): number {
	if (!frameRate || fromFrame === undefined) return source.durationS;
	const fps = fpsOf(frameRate);
	return Math.max(1, (toFrame ?? source.durationS * fps) / fps - fromFrame / fps);
}

function hlsJob(plan: MediaPlan, part: Part, input: string): HlsJob {
	const { source, rungs, frameRate, decision } = plan;
	const { container, video, audio } = source;
	const { picture, loudness } = decision;
	if (part.name === 'audio') {
		if (!audio) throw new Error('a plan with sound for a silent source');
		const { streamIndex, channels } = audio;
		const beside = video && frameRate ? { padToS: source.durationS, delayS: pictureDelayS(frameRate) } : {};
		return { input, container, audio: { streamIndex, channels, gainDb: loudness?.gainDb ?? 0, ...beside } };
	}
	if (!video || !frameRate || !picture) throw new Error('a plan with a picture for sound alone');
	const { fromFrame = 0, toFrame } = part;
	const lead = LEAD_SEGMENTS[video.isVariable ? 'uneven' : 'even'];
	return {
		...{ input, container },
		video: {
			...{ streamIndex: video.streamIndex, isInterlaced: video.isInterlaced, frameRate },
			...{
				rungs: rungs.filter(({ name }) => part.renditions.includes(name)),
				crf: picture.crf,
				preset: picture.preset
			},
			stretch: {
				...{ fromFrame, ...(toFrame !== undefined && { toFrame }) },
				leadFrames: Math.min(fromFrame, lead * keyframeEvery(frameRate))
			}
		}
	};
}
