import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { MediaFailure } from '#media-pipeline/failure.ts';
import { findFfmpeg, type FfmpegTools } from '#media-pipeline/find-ffmpeg.ts';
import { transcode, type TranscodeResult } from '#media-pipeline/transcode.ts';
import { isDomainError } from '../platform/errors.ts';
import type { Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { revisionPrefix } from './keys.ts';
import { storeResult } from './store-result.ts';
import {
	claimRevision,
	failRevision,
	isWorkedOn,
	listRuns,
	postponeRevision,
	publishRevision,
	type Claim
} from './transcode-state.ts';
import { openProgress } from './transcode-progress.ts';

const HOUR = 60 * 60;

/** Runs of ffmpeg on one file; the third that ends badly is the last. Waiting for storage does not count. */
const MAX_ATTEMPTS = 3;

/**
 * Turns an uploaded file into what the player reads. Safe to run twice: it replaces the same objects and sets the same
 * row, so a retry repairs a crash. The row names the run that owns it; a run that lost it stops within a second.
 */
export const transcodeLecture = defineJob({
	name: 'lectures.transcode',
	queue: {
		retryLimit: 20,
		retryDelay: 5,
		retryBackoff: true,
		retryDelayMax: 120,
		expireInSeconds: 23 * HOUR,
		heartbeatSeconds: 15
	},
	async run(ctx, { lectureId, revision }, signal) {
		const claim = await claimRevision(ctx, { lectureId, revision, run: randomUUID() });
		if (!claim) {
			// Cancelled, deleted, done: nothing to do. But a run that seems alive may have died seconds ago.
			if (await isWorkedOn(ctx.db, lectureId, revision)) throw new Error('another run is at it; looking again later');
			return;
		}
		await sweepFolders(ctx, claim);
		if (claim.attempts > MAX_ATTEMPTS) return failRevision(ctx, claim, 'killed');
		const folder = await ownFolder(ctx.config, claim);
		const progress = openProgress(ctx, claim, signal);
		try {
			const result = await produce(ctx, claim, folder, progress);
			progress.throwIfLost();
			await publishRevision(ctx, claim, result);
		} catch (error) {
			if (progress.isLost) return; // cancelled by its owner, or another worker has it now
			await settle(ctx, claim, error, signal);
		} finally {
			await progress.close();
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});

type Progress = ReturnType<typeof openProgress>;

async function produce(ctx: Context, claim: Claim, folder: string, progress: Progress) {
	const sourcePath = path.join(folder, `source${extensionOf(claim.sourceName)}`);
	const outputDir = path.join(folder, 'output');
	await ctx.storage.getFile(claim.sourceKey, sourcePath, { signal: progress.signal });
	const result: TranscodeResult = await transcode({
		sourcePath,
		outputDir,
		ffmpeg: await ffmpegOf(ctx.config),
		signal: progress.signal,
		onProgress: ({ phase, percent }) => {
			if (phase === 'probing') progress.report('probing', 0);
			else progress.report('transcoding', phase === 'encoding' ? percent * 0.95 : 95);
		}
	});
	return storeResult(ctx.storage, {
		result,
		folder: outputDir,
		prefix: revisionPrefix(claim.lectureId, claim.revision),
		keep: [claim.sourceKey],
		signal: progress.signal,
		onStored: (share) => progress.report('transcoding', 96 + share * 3)
	});
}

/** Decides what a failure means: over for good, or thrown on so that the queue tries again later. */
async function settle(ctx: Context, claim: Claim, error: unknown, signal: AbortSignal): Promise<void> {
	if (signal.aborted) {
		await postponeRevision(ctx, claim, { countsAsAttempt: false });
		throw error; // the worker is being stopped; another takes it
	}
	if (isDomainError(error) && error.code === 'storage.missing') return failRevision(ctx, claim, 'source_missing');
	if (isDomainError(error) && error.code === 'storage.unavailable') {
		await postponeRevision(ctx, claim, { countsAsAttempt: false, failureCode: 'storage_unavailable' });
		throw error;
	}
	const code = isDomainError(error) && error.code === 'storage.full' ? 'disk_full' : codeOf(error);
	const mayRetry = !(error instanceof MediaFailure) || error.isRetryable;
	// A full disk stays full for the minutes that retries take; the trainer is told at once.
	const isHopeless = !mayRetry || code === 'disk_full' || claim.attempts >= MAX_ATTEMPTS;
	log.warn(
		{ err: error, code, lectureId: claim.lectureId, revision: claim.revision, isHopeless },
		'transcoding failed'
	);
	if (isHopeless) return failRevision(ctx, claim, code);
	await postponeRevision(ctx, claim, { countsAsAttempt: true, failureCode: code });
	throw error;
}

function codeOf(error: unknown): string {
	if (error instanceof MediaFailure) return error.code;
	return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'disk_full' : 'unknown';
}

const folderOf = (config: Config) => path.join(config.dataDir, 'tmp');

/** An empty folder of this run. */
async function ownFolder(config: Config, { lectureId, revision, run }: Claim): Promise<string> {
	const folder = path.join(folderOf(config), `lecture-${lectureId}-${revision}-${run}`);
	await fs.mkdir(folder, { mode: 0o700 });
	return folder;
}

/** Removes what killed runs of any lecture left behind: folders whose run owns no revision any more. */
async function sweepFolders({ config, db }: Context, { run }: Claim): Promise<void> {
	await fs.mkdir(folderOf(config), { recursive: true, mode: 0o700 });
	const names = await fs.readdir(folderOf(config)); // before the rows: a run owns its row before it has a folder
	const alive = [run, ...(await listRuns(db))];
	for (const name of names) {
		if (!name.startsWith('lecture-') || alive.some((one) => name.endsWith(one))) continue;
		await fs.rm(path.join(folderOf(config), name), { recursive: true, force: true, maxRetries: 3 });
	}
}

/** The name's extension, where it is one, so that a wrong one is noticed; never more of a person's file name. */
function extensionOf(name: string | null): string {
	return /\.[a-z0-9]{1,5}$/i.exec(name ?? '')?.[0].toLowerCase() ?? '';
}

let tools: Promise<FfmpegTools> | undefined;

/** Found once per process; a failure to find it is not remembered, since it may be installed meanwhile. */
function ffmpegOf(config: Pick<Config, 'ffmpegPath' | 'ffprobePath'>): Promise<FfmpegTools> {
	const env = { ...process.env, FFMPEG_PATH: config.ffmpegPath, FFPROBE_PATH: config.ffprobePath };
	return (tools ??= findFfmpeg(env).catch((error: unknown) => {
		tools = undefined;
		throw error;
	}));
}
