import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { MediaFailure } from '#media-pipeline/failure.ts';
import { isDomainError } from '../platform/errors.ts';
import type { Context } from '../platform/context.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { ownFolder, sweepFolders } from './media-folder.ts';
import { produceLecture } from './produce-lecture.ts';
import { tidyIfCancelled } from './sweep-job.ts';
import { claimRevision, failRevision, isWorkedOn, postponeRevision, type Claim } from './transcode-state.ts';
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
		await sweepFolders(ctx, claim.run);
		if (claim.attempts > MAX_ATTEMPTS) return failRevision(ctx, claim, 'killed');
		const folder = await ownFolder(ctx.config, claim, claim.run);
		const progress = openProgress(ctx, claim, signal);
		try {
			await produceLecture(ctx, claim, folder, progress);
		} catch (error) {
			if (progress.isLost) return await tidyIfCancelled(ctx, claim); // or another worker has it now
			await settle(ctx, claim, error, signal);
		} finally {
			await progress.close();
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});

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
