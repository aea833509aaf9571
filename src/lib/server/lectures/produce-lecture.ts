import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withinFreeSpace } from '#media-pipeline/disk-space.ts';
import { packageParts } from '#media-pipeline/package.ts';
import { makePlan, type MediaPlan } from '#media-pipeline/plan.ts';
import { probe } from '#media-pipeline/probe.ts';
import type { Context } from '../platform/context.ts';
import { encodeNextPart, fetchParts, type PartWork } from './encode-parts.ts';
import './help-job.ts';
import { revisionPrefix } from './keys.ts';
import { ffmpegOf } from './media-folder.ts';
import { keepPlan, readParts } from './part-state.ts';
import { storeResult, type StoredResult } from './store-result.ts';
import type { openProgress } from './transcode-progress.ts';
import { publishEarly, publishRevision, type Claim } from './transcode-state.ts';

type Progress = ReturnType<typeof openProgress>;

const LOOK_EVERY_MS = 1000;
/** Of all work, what encoding stands for; joining and storing is the rest. */
const ENCODING_PERCENT = 95;
const MOST_HELPERS = 7;

/**
 * Leads the work on one revision: plans it, encodes parts beside whoever helps, shows the smallest rendition as soon as
 * there is one, joins and publishes. Parts that an earlier run has stored are not made again.
 * @throws {MediaFailure}; what the store throws; the signal's reason when the revision was lost
 */
export async function produceLecture(ctx: Context, claim: Claim, folder: string, progress: Progress): Promise<void> {
	const sourceFile = path.join(folder, `source${extensionOf(claim.sourceName)}`);
	await ctx.storage.getFile(claim.sourceKey, sourceFile, { signal: progress.signal });
	const partsDir = path.join(folder, 'parts');
	await fs.mkdir(partsDir, { mode: 0o700 });
	await withinFreeSpace(folder, progress.signal, async (signal) => {
		const plan = claim.plan ?? (await plannedNow(ctx, claim, { sourceFile, folder, signal }));
		const ffmpeg = await ffmpegOf(ctx.config);
		const work = { ctx, target: claim, run: claim.run, plan, ffmpeg, sourceFile, folder: partsDir, signal };
		progress.report('transcoding', 0);
		await encodeParts(claim, work, progress);
		progress.throwIfLost();
		await publishRevision(ctx, claim, await storeParts(claim, work, undefined, progress));
	});
}

async function plannedNow(
	ctx: Context,
	claim: Claim,
	{ sourceFile, folder, signal }: { sourceFile: string; folder: string; signal: AbortSignal }
): Promise<MediaPlan> {
	const ffmpeg = await ffmpegOf(ctx.config);
	const source = await probe(ffmpeg, sourceFile, signal);
	const plan = await makePlan({ ffmpeg, sourceFile, source, workDir: folder, signal });
	const { lectureId, revision } = claim;
	const stretches = plan.parts.filter(({ name }) => name.startsWith('main')).length;
	await ctx.db.transaction(async (tx) => {
		await keepPlan(tx, { lectureId, revision }, plan);
		for (let i = 1; i < Math.min(stretches, MOST_HELPERS + 1); i++)
			await ctx.queue.send(tx, 'lectures.encode_parts', { lectureId, revision });
	});
	return plan;
}

/** Until every part is done, by whomever. */
async function encodeParts(claim: Claim, work: PartWork, progress: Progress): Promise<void> {
	const { plan, ctx, signal } = work;
	const early = plan.parts.filter(({ name }) => !name.startsWith('main')).map(({ name }) => name);
	let isShown = !plan.parts.some(({ name }) => name.startsWith('early'));
	const look = setInterval(() => void lookAround().catch(() => undefined), LOOK_EVERY_MS);
	const lookAround = async () => {
		const { done, share } = await readParts(ctx.db, claim);
		progress.report('transcoding', share * ENCODING_PERCENT);
		return done;
	};
	try {
		for (;;) {
			const hasWorked = await encodeNextPart(work);
			signal.throwIfAborted();
			const done = (await lookAround()).map((position) => plan.parts[position]?.name);
			if (!isShown && early.every((name) => done.includes(name))) {
				isShown = true;
				const smallest = plan.rungs.slice(-1).map(({ name }) => name);
				await publishEarly(ctx, claim, await storeParts(claim, work, smallest, progress));
			}
			if (done.length >= plan.parts.length) return;
			if (!hasWorked) await sleep(LOOK_EVERY_MS, undefined, { signal });
		}
	} finally {
		clearInterval(look);
	}
}

/** Joins and stores some renditions, or all of them and nothing else. */
async function storeParts(
	claim: Claim,
	work: PartWork,
	only: readonly string[] | undefined,
	progress: Progress
): Promise<StoredResult> {
	const { plan, ffmpeg, folder: partsDir, signal } = work;
	const isNeeded = (rendition: string) => !only || rendition === 'audio' || only.includes(rendition);
	await fetchParts(
		work,
		plan.parts.filter(({ renditions }) => renditions.some(isNeeded)).map(({ name }) => name)
	);
	const workDir = path.join(path.dirname(partsDir), only ? 'early' : 'output');
	await fs.mkdir(workDir, { mode: 0o700 });
	const { source } = plan;
	const result = await packageParts({ ffmpeg, plan, source, partsDir, workDir, signal }, only);
	return storeResult(work.ctx.storage, {
		...{ result, folder: workDir, prefix: revisionPrefix(claim.lectureId, claim.revision), signal },
		...{ keep: [claim.sourceKey], isPartial: only !== undefined },
		onStored: (share) => only ?? progress.report('transcoding', ENCODING_PERCENT + 1 + share * 3)
	});
}

/** The name's extension, where it is one, so that a wrong one is noticed; never more of a person's file name. */
function extensionOf(name: string | null): string {
	return /\.[a-z0-9]{1,5}$/i.exec(name ?? '')?.[0].toLowerCase() ?? '';
}
