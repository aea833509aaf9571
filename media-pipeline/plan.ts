import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { analyseLoudness, analysePicture, type Loudness } from './analysis.ts';
import { decide, type Decision } from './decision.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { ladderFor, outputFrameRate, type FrameRate, type Rung } from './ladder.ts';
import { partsOf, type Part } from './parts.ts';
import type { SourceInfo } from './source-info.ts';

/** What was decided about picture and sound, with the reasons. */
export type MediaDecision = Readonly<{ picture?: Decision; loudness?: Loudness }>;

/** All that is to be made of one source. Plain data: it may be stored, and other machines work by it. */
export type MediaPlan = Readonly<{
	source: SourceInfo;
	/** Largest first; none for sound alone. */
	rungs: readonly Rung[];
	frameRate?: FrameRate;
	decision: MediaDecision;
	parts: readonly Part[];
}>;

/** Looks at an accepted source and decides. `workDir` holds the samples meanwhile. */
export async function makePlan(job: {
	ffmpeg: FfmpegTools;
	sourceFile: string;
	source: SourceInfo;
	workDir: string;
	signal: AbortSignal | undefined;
}): Promise<MediaPlan> {
	const { source } = job;
	const { video, audio, container, durationS } = source;
	const loudness = audio && (await analyseLoudness(job));
	const picture = video && (await decidePicture(job, video));
	const rungs = picture?.rungs ?? [];
	const frameRate = picture?.frameRate;
	return {
		...{ source, rungs, ...(frameRate && { frameRate }) },
		decision: { ...(picture && { picture: picture.decision }), ...(loudness && { loudness }) },
		parts: partsOf({
			...{ container, durationS, rungs, frameRate },
			...{ pictureS: video?.durationS, hasAudio: audio !== undefined }
		})
	};
}

async function decidePicture(job: Parameters<typeof makePlan>[0], video: NonNullable<SourceInfo['video']>) {
	const frameRate = outputFrameRate(video);
	const analysis = await analysePicture(job, frameRate);
	for (const name of ['sample.h264', 'moves.txt']) await rm(join(job.workDir, name), { force: true });
	return decide(analysis, ladderFor(video), frameRate);
}
