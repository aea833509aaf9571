import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { withinFreeSpace } from './disk-space.ts';
import { encodePart } from './encode-part.ts';
import { failureOfFileSystem } from './failure.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { packageParts, type TranscodeResult } from './package.ts';
import { makePlan, type MediaPlan } from './plan.ts';
import { probe } from './probe.ts';

/** `percent` runs from 0 to 100 within the phase. */
export type TranscodeProgress = Readonly<{
	phase: 'probing' | 'encoding' | 'packaging';
	percent: number;
}>;

export type TranscodeInput = Readonly<{
	sourcePath: string;
	/** Replaced as a whole when everything is ready, so running twice is safe; its parent must be writable. */
	outputDir: string;
	ffmpeg: FfmpegTools;
	onProgress?: (progress: TranscodeProgress) => void;
	signal?: AbortSignal;
}>;

/**
 * Turns one file into adaptive HLS, a poster and a plain MP4, in `outputDir`; `master.m3u8` there plays from disk. All of
 * it here and now, one part after the other; several machines share the parts of a plan in the same way.
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
	let root: string | undefined;
	try {
		await mkdir(dirname(target), { recursive: true });
		root = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
		const [partsDir, workDir] = [join(root, 'parts'), join(root, 'hls')];
		await mkdir(partsDir);
		await mkdir(workDir);
		const result = await withinFreeSpace(root, signal, async (stop) => {
			const plan = await makePlan({ ffmpeg, sourceFile, source, workDir, signal: stop });
			await encodeAll({ ffmpeg, plan, sourceFile, partsDir, signal: stop, onProgress });
			onProgress?.({ phase: 'packaging', percent: 0 });
			return packageParts({ ffmpeg, plan, source, partsDir, workDir, signal: stop });
		});
		await rm(target, { recursive: true, force: true });
		await rename(workDir, target);
		onProgress?.({ phase: 'packaging', percent: 100 });
		return result;
	} catch (error) {
		throw failureOfFileSystem(error);
	} finally {
		if (root) await rm(root, { recursive: true, force: true, maxRetries: 3 });
	}
}

async function encodeAll(
	job: { plan: MediaPlan; partsDir: string; onProgress: TranscodeInput['onProgress'] } & Omit<
		Parameters<typeof encodePart>[0],
		'part' | 'workDir' | 'onProgress'
	>
): Promise<void> {
	const { plan, onProgress } = job;
	const total = plan.parts.reduce((sum, { weightS }) => sum + weightS, 0);
	let done = 0;
	onProgress?.({ phase: 'encoding', percent: 0 });
	for (const part of plan.parts) {
		const workDir = join(job.partsDir, part.name);
		await mkdir(workDir);
		const report = (share: number) =>
			onProgress?.({ phase: 'encoding', percent: Math.min(100, (100 * (done + share * part.weightS)) / total) });
		await encodePart({ ...job, part, workDir, onProgress: report });
		done += part.weightS;
		report(0);
	}
}
