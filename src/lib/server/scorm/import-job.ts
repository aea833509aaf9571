import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../platform/context.ts';
import { isDomainError } from '../platform/errors.ts';
import { log } from '../platform/log.ts';
import { defineJob } from '../platform/queue.ts';
import { findRevision } from './access.ts';
import {
	claimRevision,
	endRevision,
	postponeRevision,
	publishRevision,
	reportProgress,
	type Claim,
	type Imported
} from './import-state.ts';
import { isUnderWay } from './import.ts';
import { revisionPrefix, type PackageTarget } from './keys.ts';
import { openArchive } from './package/archive.ts';
import { contentHashes } from './package/content-hashes.ts';
import { readPackage } from './package/read-package.ts';
import { storeFiles } from './store-files.ts';

/** Runs on one file; the third that ends badly is the last. */
const MAX_ATTEMPTS = 3;
const REPORT_EVERY_MS = 1000;

/**
 * Takes an uploaded package apart: lists it under limits, reads its manifest, copies its files to the store and puts the
 * revision in force in one transaction. Safe to run twice: it replaces the same objects and sets the same row. A file that
 * is refused leaves nothing in the store.
 */
export const importPackage = defineJob({
	name: 'scorm.import',
	queue: {
		retryLimit: 20,
		retryDelay: 5,
		retryBackoff: true,
		retryDelayMax: 120,
		expireInSeconds: 60 * 60,
		heartbeatSeconds: 15
	},
	async run(ctx, target, signal) {
		const claim = await claimRevision(ctx, target, randomUUID());
		if (!claim) return leaveOrClear(ctx, target);
		if (claim.attempts > MAX_ATTEMPTS) return giveUp(ctx, claim, 'failed', { code: 'scorm.import_failed' });
		const folder = await ownFolder(ctx, claim);
		const progress = openProgress(ctx, claim, signal);
		try {
			const imported = await takeApart(ctx, claim, folder, progress);
			progress.signal.throwIfAborted();
			await publishRevision(ctx, claim, imported);
		} catch (error) {
			if (progress.isLost) return clear(ctx, target); // cancelled; another run that took over stores it all again
			await settle(ctx, claim, error, signal);
		} finally {
			await progress.close();
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	}
});

/** Nothing to import: a cancelled revision's objects go; a run that seems alive may have died, so somebody looks again. */
async function leaveOrClear(ctx: Context, target: PackageTarget): Promise<void> {
	const revision = await findRevision(ctx.db, target);
	if (revision && isUnderWay(revision)) throw new Error('another run is at it; looking again later');
	if (revision?.state === 'cancelled') await clear(ctx, target);
}

type Progress = ReturnType<typeof openProgress>;

async function takeApart(ctx: Context, claim: Claim, folder: string, progress: Progress): Promise<Imported> {
	const source = path.join(folder, 'source.zip');
	await ctx.storage.getFile(claim.sourceKey, source, { signal: progress.signal });
	progress.report(5);
	const archive = await openArchive(source);
	try {
		const { manifest, remarks, files, ownFiles } = await readPackage(archive);
		progress.report(10);
		const { rows, hashes } = await storeFiles(
			{ config: ctx.config, storage: ctx.storage, archive, target: claim, files, folder },
			progress.signal,
			(share) => progress.report(10 + share * 88)
		);
		return { manifest, remarks, files: rows, contentHashes: contentHashes(manifest, ownFiles, hashes) };
	} finally {
		await archive.close();
	}
}

/** Decides what a failure means: the author's, over for good, or thrown on so that the queue tries again later. */
async function settle(ctx: Context, claim: Claim, error: unknown, signal: AbortSignal): Promise<void> {
	if (signal.aborted) {
		await postponeRevision(ctx, claim, false);
		throw error; // the worker is being stopped; another takes it
	}
	if (isDomainError(error) && error.kind === 'invalid') return giveUp(ctx, claim, 'rejected', error);
	const code = isDomainError(error) ? error.code : (error as NodeJS.ErrnoException).code;
	log.warn({ err: error, packageId: claim.packageId, revision: claim.revision }, 'import failed');
	if (code === 'storage.missing') return giveUp(ctx, claim, 'failed', { code: 'scorm.source_missing' });
	if (code === 'storage.full' || code === 'ENOSPC') return giveUp(ctx, claim, 'failed', { code: 'upload.disk_full' });
	if (code === 'form.scan_too_large') return giveUp(ctx, claim, 'failed', { code });
	const isWaitedFor = code === 'storage.unavailable' || code === 'form.scan_unavailable';
	if (!isWaitedFor && claim.attempts >= MAX_ATTEMPTS)
		return giveUp(ctx, claim, 'failed', { code: 'scorm.import_failed' });
	await postponeRevision(ctx, claim, !isWaitedFor);
	throw error;
}

async function giveUp(
	ctx: Context,
	claim: Claim,
	state: 'rejected' | 'failed',
	reason: { code: string; params?: Readonly<Record<string, string | number>> }
): Promise<void> {
	await clear(ctx, claim, state === 'failed' ? [claim.sourceKey] : []);
	await endRevision(ctx, claim, state, reason);
}

/** Removes what is stored of a revision: by its own folder, never by a name from the package. */
async function clear({ storage }: Context, target: PackageTarget, keep: readonly string[] = []): Promise<void> {
	const keys: string[] = [];
	for await (const { key } of storage.list(revisionPrefix(target))) if (!keep.includes(key)) keys.push(key);
	await storage.delete(keys);
}

/** Writes how far a run has come, once a second, also while nothing moves; `signal` aborts when the row is not ours any more. */
function openProgress(ctx: Context, claim: Claim, stop: AbortSignal) {
	const lost = new AbortController();
	let percent = 0;
	let writing: Promise<void> | undefined;
	async function write(): Promise<void> {
		try {
			if (!(await reportProgress(ctx, claim, percent))) lost.abort(new Error('revision lost'));
		} catch (error) {
			log.warn({ err: error }, 'could not report progress');
		}
	}
	const timer = setInterval(() => {
		writing ??= write().finally(() => (writing = undefined));
	}, REPORT_EVERY_MS);
	return {
		signal: AbortSignal.any([stop, lost.signal]),
		get isLost() {
			return lost.signal.aborted;
		},
		report(next: number) {
			percent = Math.max(percent, next);
		},
		async close() {
			clearInterval(timer);
			await writing;
		}
	};
}

const FOLDER = 'scorm-';

/** An empty folder of this run, after clearing those of runs of the same revision that were killed. */
async function ownFolder({ config }: Context, { packageId, revision, run }: Claim): Promise<string> {
	const parent = path.join(config.dataDir, 'tmp');
	await fs.mkdir(parent, { recursive: true, mode: 0o700 });
	const own = `${FOLDER}${packageId}-${revision}-`;
	for (const name of await fs.readdir(parent)) {
		if (name.startsWith(own)) await fs.rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 3 });
	}
	const folder = path.join(parent, own + run);
	await fs.mkdir(folder, { mode: 0o700 });
	return folder;
}
