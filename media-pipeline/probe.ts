import { measureArgs, MAX_PIXELS, probeArgs } from './ffmpeg-args.ts';
import { MediaFailure } from './failure.ts';
import { readSignature, type Container } from './file-signature.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { runTool } from './run-ffmpeg.ts';
import { sourceInfoOf, type ProbeOutput, type SourceInfo } from './source-info.ts';

const MINUTE = 60;
const PROBE_TIMEOUT_S = 60;
const MAX_DURATION_S = 6 * 60 * MINUTE;
const MAX_FPS = 120;
const MIN_SIDE = 16;
const MAX_ASPECT = 10;

/**
 * Looks at a file without trusting its name or anything inside it.
 * @throws {MediaFailure} when the file is not something this library turns into a lecture
 */
export async function probe(tools: FfmpegTools, path: string, signal?: AbortSignal): Promise<SourceInfo> {
	const signature = await readSignature(path);
	const { stdout, stderr } = await runTool(tools, {
		tool: 'ffprobe',
		args: probeArgs(signature.container, path),
		readable: [path],
		timeoutS: PROBE_TIMEOUT_S,
		signal
	});
	const tooLarge = /Picture size .* exceeds specified max pixel count.*/.exec(stderr); // then it shows no size at all
	if (tooLarge) throw new MediaFailure('too_large_picture', tooLarge[0]);
	const info = sourceInfoOf(JSON.parse(stdout) as ProbeOutput, signature);
	if (info.durationS > 0) return withinLimits(info);
	return withinLimits({ ...info, durationS: await measureDurationS(tools, path, signature.container, signal) });
}

async function measureDurationS(
	tools: FfmpegTools,
	path: string,
	container: Container,
	signal?: AbortSignal
): Promise<number> {
	let measuredS = 0;
	await runTool(tools, {
		tool: 'ffmpeg',
		args: measureArgs(container, path),
		readable: [path],
		timeoutS: 10 * MINUTE,
		signal,
		onProgress: ({ outTimeS }) => {
			measuredS = Math.max(measuredS, outTimeS);
		}
	});
	if (measuredS <= 0) throw new MediaFailure('truncated', 'the file holds no packet with a time');
	return measuredS;
}

function withinLimits(info: SourceInfo): SourceInfo {
	if (info.durationS > MAX_DURATION_S) throw new MediaFailure('too_long', `${Math.round(info.durationS)} s`);
	if (!info.video) return info;
	const { width, height, fps } = info.video;
	if (width * height > MAX_PIXELS) throw new MediaFailure('too_large_picture', `${width}x${height}`);
	const shortSide = Math.min(width, height);
	if (shortSide < MIN_SIDE || shortSide * MAX_ASPECT < Math.max(width, height)) {
		throw new MediaFailure('unsupported_format', `a picture of ${width}x${height}`);
	}
	if (fps > MAX_FPS) throw new MediaFailure('unsupported_format', `${fps} frames per second`);
	return info;
}
