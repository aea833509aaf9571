import fs from 'node:fs/promises';
import path from 'node:path';
import { encodePart } from '#media-pipeline/encode-part.ts';
import type { FfmpegTools } from '#media-pipeline/find-ffmpeg.ts';
import type { MediaPlan } from '#media-pipeline/plan.ts';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { partsPrefix, type LectureTarget } from './keys.ts';
import { claimPart, reportPart, settlePart } from './part-state.ts';

const EVERY_MS = 1000;

/** What a worker needs to encode parts of one revision. */
export type PartWork = Readonly<{
	ctx: Context;
	target: LectureTarget;
	plan: MediaPlan;
	/** Names the worker's run in the rows of the parts it has. */
	run: string;
	ffmpeg: FfmpegTools;
	sourceFile: string;
	/** A folder of its own; parts are kept in it by their names. */
	folder: string;
	signal: AbortSignal;
}>;

/** Another run has the part, or the revision was cancelled. */
class PartLost extends Error {}

/**
 * Encodes and stores one part that nobody is at.
 * @returns false when there was none
 * @throws what encoding or storing threw; the part is given back first
 */
export async function encodeNextPart(work: PartWork): Promise<boolean> {
	const { ctx, target, plan, run } = work;
	const position = await claimPart(ctx.db, target, run);
	const part = position === undefined ? undefined : plan.parts[position];
	if (position === undefined || !part) return false;
	const workDir = path.join(work.folder, part.name);
	const beat = keepClaim(ctx, target, { position, run }, work.signal);
	try {
		await fs.rm(workDir, { recursive: true, force: true });
		await fs.mkdir(workDir, { recursive: true, mode: 0o700 });
		await encodePart({ ...work, part, workDir, signal: beat.signal, onProgress: beat.report });
		const prefix = `${partsPrefix(target)}${part.name}/`;
		const files = part.renditions.flatMap((name) => [`${name}.mp4`, `${name}.m3u8`]);
		for (const file of files) {
			const options = { contentType: 'application/octet-stream', signal: beat.signal };
			await ctx.storage.putFile(prefix + file, path.join(workDir, file), options);
		}
		await settlePart(ctx.db, target, { position, run, state: 'done' });
		return true;
	} catch (error) {
		await fs.rm(workDir, { recursive: true, force: true, maxRetries: 3 }); // half a part must not pass for one
		if (beat.isLost) return true; // there may be others; the next claim tells
		await settlePart(ctx.db, target, { position, run, state: 'waiting' }).catch(() => false);
		throw error;
	} finally {
		await beat.close();
	}
}

/** Fetches parts that other workers, or an earlier run, have stored. */
export async function fetchParts(work: PartWork, names: readonly string[]): Promise<void> {
	for (const part of work.plan.parts.filter(({ name }) => names.includes(name))) {
		for (const file of part.renditions.flatMap((name) => [`${name}.mp4`, `${name}.m3u8`])) {
			const local = path.join(work.folder, part.name, file);
			if (await fs.stat(local).catch(() => undefined)) continue;
			await fs.mkdir(path.dirname(local), { recursive: true, mode: 0o700 });
			await work.ctx.storage.getFile(`${partsPrefix(work.target)}${part.name}/${file}`, local, { signal: work.signal });
		}
	}
}

function keepClaim(
	{ db }: Context,
	target: LectureTarget,
	claim: { position: number; run: string },
	stop: AbortSignal
) {
	const lost = new AbortController();
	let share = 0;
	let writing: Promise<void> | undefined;
	const write = async () => {
		try {
			if (!(await reportPart(db, target, { ...claim, share }))) lost.abort(new PartLost('part lost'));
		} catch (error) {
			log.warn({ err: error }, 'could not report a part'); // ffmpeg needs no database; it may be back soon
		}
	};
	const timer = setInterval(() => {
		writing ??= write().finally(() => (writing = undefined));
	}, EVERY_MS);
	return {
		signal: AbortSignal.any([stop, lost.signal]),
		get isLost() {
			return lost.signal.aborted;
		},
		report: (next: number) => void (share = next),
		async close() {
			clearInterval(timer);
			await writing;
		}
	};
}
