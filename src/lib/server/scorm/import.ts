import { and, eq, inArray } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, findNewestRevision, findRevision, getPackage, isRevision, type Revision } from './access.ts';
import { sourceKey, type PackageTarget } from './keys.ts';
import { packages, revisions } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'scorm.import': PackageTarget;
	}
}

/** States in which a revision waits for a worker or keeps one busy. */
const UNDER_WAY = ['queued', 'importing'] as const;

/** What somebody waits for goes before samples and other work of the system. */
const urgency = ({ actor }: Context) => ({ priority: actor.kind === 'system' ? 0 : 10 });

/** A package without content yet, for a lesson of `unitId`; the caller has authorised and audits. */
export async function addPackage(
	ctx: Context,
	tx: Database,
	{ unitId, title }: { unitId: string; title: string }
): Promise<string> {
	const [added] = await tx
		.insert(packages)
		.values({ unitId, title, createdBy: accountOf(ctx) })
		.returning({ id: packages.id });
	return added!.id;
}

/**
 * The revision that the acting account may upload a file to: its own unfinished one, so that a reload goes on, or a new one.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `scorm.busy` while a file is being imported
 */
export async function beginUpload(ctx: Context, packageId: string): Promise<PackageTarget> {
	const { unitId } = await getPackage(ctx, packageId, 'course:author');
	return ctx.db.transaction(async (tx) => {
		await tx.select({ id: packages.id }).from(packages).where(eq(packages.id, packageId)).for('update');
		const newest = await findNewestRevision(tx, packageId);
		if (newest && isUnderWay(newest)) throw new DomainError('conflict', 'scorm.busy');
		if (newest?.state === 'awaiting_upload') {
			if (newest.createdBy === accountOf(ctx)) return { packageId, revision: newest.revision };
			await tx.update(revisions).set({ state: 'cancelled', finishedAt: ctx.now }).where(isRevision(newest));
		}
		const revision = (newest?.revision ?? 0) + 1;
		const createdBy = accountOf(ctx);
		await tx
			.insert(revisions)
			.values({ packageId, revision, state: 'awaiting_upload', createdBy, recordedAt: ctx.now });
		await recordAudit(ctx, tx, 'scorm.upload_begun', { objectId: packageId, unitId, revision });
		return { packageId, revision };
	});
}

/**
 * Checks that the actor may send bytes of this upload: asked for each request of it.
 * @throws {DomainError} `not_found` for a revision that is not the actor's own
 */
export async function getUpload(ctx: Context, target: PackageTarget): Promise<Revision> {
	await getPackage(ctx, target.packageId, 'course:author');
	const revision = await findRevision(ctx.db, target);
	const isOwn = ctx.actor.kind === 'system' || revision?.createdBy === accountOf(ctx);
	if (!revision || !isOwn) throw new DomainError('not_found', 'upload.no_such_upload');
	return revision;
}

/** All bytes of a file lie at {@link sourceKey}: queues its import, in one transaction. Repeating it does nothing more. */
export async function finishUpload(
	ctx: Context,
	target: PackageTarget,
	file: { name: string; sizeBytes: number }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const [queued] = await tx
			.update(revisions)
			.set({
				state: 'queued',
				sourceKey: sourceKey(target),
				sourceName: file.name,
				sourceSizeBytes: file.sizeBytes,
				progressAt: ctx.now
			})
			.where(and(isRevision(target), eq(revisions.state, 'awaiting_upload')))
			.returning({ revision: revisions.revision });
		if (!queued) return;
		await ctx.queue.send(tx, 'scorm.import', target, urgency(ctx));
		await recordAudit(ctx, tx, 'scorm.uploaded', {
			objectId: target.packageId,
			revision: target.revision,
			sizeBytes: file.sizeBytes
		});
	});
}

/**
 * Tries the newest file again after a failure of ours.
 * @throws {DomainError} `conflict` `scorm.not_retryable` when there is no file, or the file itself was at fault
 */
export async function retryImport(ctx: Context, packageId: string): Promise<void> {
	const { unitId } = await getPackage(ctx, packageId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const newest = await findNewestRevision(tx, packageId);
		if (!newest?.sourceKey || !canRetry(newest, ctx.now)) throw new DomainError('conflict', 'scorm.not_retryable');
		const [queued] = await tx
			.update(revisions)
			.set({ state: 'queued', failureCode: null, attempts: 0, progressPercent: 0, run: null, progressAt: ctx.now })
			.where(and(isRevision(newest), eq(revisions.state, newest.state)))
			.returning({ revision: revisions.revision });
		if (!queued) throw new DomainError('conflict', 'scorm.not_retryable');
		await ctx.queue.send(tx, 'scorm.import', { packageId, revision: newest.revision }, urgency(ctx));
		await recordAudit(ctx, tx, 'scorm.retried', { objectId: packageId, unitId, revision: newest.revision });
	});
}

/** Stops waiting or importing; a worker that is at it notices within a second and removes what it stored. */
export async function cancelImport(ctx: Context, packageId: string): Promise<void> {
	const { unitId } = await getPackage(ctx, packageId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const [cancelled] = await tx
			.update(revisions)
			.set({ state: 'cancelled', run: null, finishedAt: ctx.now })
			.where(and(eq(revisions.packageId, packageId), inArray(revisions.state, [...UNDER_WAY])))
			.returning({ revision: revisions.revision });
		if (!cancelled) return;
		await ctx.queue.send(tx, 'scorm.import', { packageId, revision: cancelled.revision }); // clears what is stored
		await recordAudit(ctx, tx, 'scorm.cancelled', { objectId: packageId, unitId, revision: cancelled.revision });
	});
}

/** A live run speaks every second; waiting may take long where others are before it. */
const SILENT_AFTER_MS = 60_000;
const WAITS_LONG_AFTER_MS = 5 * 60_000;

/** True when a worker should have said something for a while: none runs, or its machine has gone. */
export function isStuck({ state, progressAt }: Pick<Revision, 'state' | 'progressAt'>, now: Date): boolean {
	const silentMs = now.getTime() - (progressAt?.getTime() ?? 0);
	return isUnderWay({ state }) && silentMs > (state === 'queued' ? WAITS_LONG_AFTER_MS : SILENT_AFTER_MS);
}

export function canRetry(revision: Pick<Revision, 'state' | 'progressAt'>, now: Date): boolean {
	return revision.state === 'failed' || isStuck(revision, now);
}

export function isUnderWay({ state }: Pick<Revision, 'state'>): boolean {
	return (UNDER_WAY as readonly string[]).includes(state);
}
