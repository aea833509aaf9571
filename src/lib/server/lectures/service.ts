import { and, eq, inArray } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { authorise, can, covers } from '../identity/permissions.ts';
import type { Permission, UnitScope } from '../identity/permissions.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { sourceKey, type LectureTarget } from './keys.ts';
import { findNewestRevision, findRevision, type Lecture, type LectureRevision } from './queries.ts';
import { lectureRevisions, lectures } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.transcode': { lectureId: string; revision: number };
	}
}

/** States in which a revision waits for a worker or keeps one busy. */
const UNDER_WAY = ['queued', 'probing', 'transcoding'] as const;

/** What somebody waits for goes before samples and other work of the system. */
const urgency = ({ actor }: Context) => ({ priority: actor.kind === 'system' ? 0 : 10 });

/** A lecture without media yet, for a lesson of `unitId`; the caller has authorised and audits. */
export async function addLecture(
	ctx: Context,
	tx: Database,
	lecture: { unitId: string; title: string }
): Promise<string> {
	const [added] = await tx
		.insert(lectures)
		.values({ ...lecture, createdBy: accountOf(ctx) })
		.returning({ id: lectures.id });
	return added!.id;
}

/**
 * The revision that the acting account may upload a file to: its own unfinished one, so that a reload goes on, or a new one.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` `lectures.busy` while a file is being worked on
 */
export async function beginUpload(ctx: Context, lectureId: string): Promise<LectureTarget> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	return ctx.db.transaction(async (tx) => {
		await tx.select({ id: lectures.id }).from(lectures).where(eq(lectures.id, lectureId)).for('update');
		const newest = await findNewestRevision(tx, lectureId);
		if (newest && isUnderWay(newest)) throw new DomainError('conflict', 'lectures.busy');
		if (newest?.state === 'awaiting_upload') {
			if (newest.createdBy === accountOf(ctx)) return { lectureId, revision: newest.revision };
			await setState(tx, newest, { state: 'cancelled', finishedAt: ctx.now });
		}
		const revision = (newest?.revision ?? 0) + 1;
		await tx
			.insert(lectureRevisions)
			.values({ lectureId, revision, state: 'awaiting_upload', createdBy: accountOf(ctx), recordedAt: ctx.now });
		await recordAudit(ctx, tx, 'lecture.upload_begun', { objectId: lectureId, unitId: lecture.unitId, revision });
		return { lectureId, revision };
	});
}

/**
 * Checks that the actor may send bytes of this upload (or has sent them all): asked for each request of it.
 * @throws {DomainError} `not_found` for a revision that is not the actor's own
 */
export async function getUpload(ctx: Context, target: LectureTarget): Promise<LectureRevision> {
	await getLecture(ctx, target.lectureId, 'course:author');
	const revision = await findRevision(ctx.db, target.lectureId, target.revision);
	const isOwn = ctx.actor.kind === 'system' || revision?.createdBy === accountOf(ctx);
	if (!revision || !isOwn) throw new DomainError('not_found', 'upload.no_such_upload');
	return revision;
}

/**
 * All bytes of a file have arrived at {@link sourceKey}: queues its transcoding, in one transaction. Repeating it does
 * nothing more.
 */
export async function finishUpload(
	ctx: Context,
	{ lectureId, revision }: LectureTarget,
	file: { name: string; sizeBytes: number }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const [queued] = await tx
			.update(lectureRevisions)
			.set({
				state: 'queued',
				sourceKey: sourceKey(lectureId, revision),
				sourceName: file.name,
				sourceSizeBytes: file.sizeBytes,
				queuedAt: ctx.now,
				progressAt: ctx.now
			})
			.where(and(isRevision(lectureId, revision), eq(lectureRevisions.state, 'awaiting_upload')))
			.returning({ lectureId: lectureRevisions.lectureId });
		if (!queued) return;
		await ctx.queue.send(tx, 'lectures.transcode', { lectureId, revision }, urgency(ctx));
		await recordAudit(ctx, tx, 'lecture.uploaded', { objectId: lectureId, revision, sizeBytes: file.sizeBytes });
	});
}

/**
 * Tries the newest file again after a failure, a cancellation, or when nothing has moved for long.
 * @throws {DomainError} `conflict` `lectures.not_retryable` when there is no file or it is being worked on
 */
export async function retryTranscode(ctx: Context, lectureId: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const newest = await findNewestRevision(tx, lectureId);
		if (!newest?.sourceKey || !(isOver(newest) || isStuck(newest, ctx.now)))
			throw new DomainError('conflict', 'lectures.not_retryable');
		const [queued] = await tx
			.update(lectureRevisions)
			.set({
				state: 'queued',
				failureCode: null,
				attempts: 0,
				progressPercent: 0,
				jobId: null,
				queuedAt: ctx.now,
				progressAt: ctx.now,
				finishedAt: null
			})
			.where(and(isRevision(lectureId, newest.revision), eq(lectureRevisions.state, newest.state)))
			.returning({ lectureId: lectureRevisions.lectureId });
		if (!queued) throw new DomainError('conflict', 'lectures.not_retryable');
		await ctx.queue.send(tx, 'lectures.transcode', { lectureId, revision: newest.revision }, urgency(ctx));
		await recordAudit(ctx, tx, 'lecture.retried', {
			objectId: lectureId,
			unitId: lecture.unitId,
			revision: newest.revision
		});
	});
}

/** Stops waiting or working; a worker that is at it notices within seconds. Does nothing when it is over already. */
export async function cancelTranscode(ctx: Context, lectureId: string): Promise<void> {
	const lecture = await getLecture(ctx, lectureId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const [cancelled] = await tx
			.update(lectureRevisions)
			.set({ state: 'cancelled', jobId: null, finishedAt: ctx.now })
			.where(and(eq(lectureRevisions.lectureId, lectureId), inArray(lectureRevisions.state, [...UNDER_WAY])))
			.returning({ revision: lectureRevisions.revision });
		if (!cancelled) return;
		const { revision } = cancelled;
		await recordAudit(ctx, tx, 'lecture.cancelled', { objectId: lectureId, unitId: lecture.unitId, revision });
	});
}

/**
 * A lecture that the actor may read with one of these permissions in its unit.
 * @throws {DomainError} `forbidden` without such a role anywhere; `not_found` outside its units
 */
export async function getLecture(ctx: Context, lectureId: string, ...anyOf: Permission[]): Promise<Lecture> {
	const held = anyOf.filter((permission) => can(ctx.actor, permission));
	const scopes: UnitScope[] = (held.length > 0 ? held : anyOf.slice(0, 1)).map((permission) =>
		authorise(ctx.actor, permission)
	);
	const [found] = await ctx.db
		.select({ lecture: lectures, path: units.path })
		.from(lectures)
		.innerJoin(units, eq(units.id, lectures.unitId))
		.where(eq(lectures.id, lectureId));
	if (!found || !scopes.some((scope) => covers(scope, found.path)))
		throw new DomainError('not_found', 'lectures.no_such_lecture');
	return found.lecture;
}

/** A live run speaks every second; waiting may take long where others are before it. */
const SILENT_AFTER_MS = 60_000;
const WAITS_LONG_AFTER_MS = 5 * 60_000;

/** True when a worker should have said something for a while: none runs, or its machine has gone. */
export function isStuck(revision: Pick<LectureRevision, 'state' | 'progressAt'>, now: Date): boolean {
	const silentMs = now.getTime() - (revision.progressAt?.getTime() ?? 0);
	return isUnderWay(revision) && silentMs > (revision.state === 'queued' ? WAITS_LONG_AFTER_MS : SILENT_AFTER_MS);
}

function isUnderWay({ state }: Pick<LectureRevision, 'state'>): boolean {
	return (UNDER_WAY as readonly string[]).includes(state);
}

function isOver({ state }: Pick<LectureRevision, 'state'>): boolean {
	return state === 'failed' || state === 'cancelled';
}

/** The account that acts, for rows that name it; null for the system. */
export const accountOf = (ctx: Context) => (ctx.actor.kind === 'account' ? ctx.actor.accountId : null);

/** Condition: this one revision. */
export function isRevision(lectureId: string, revision: number) {
	return and(eq(lectureRevisions.lectureId, lectureId), eq(lectureRevisions.revision, revision));
}

async function setState(
	tx: Database,
	{ lectureId, revision }: Pick<LectureRevision, 'lectureId' | 'revision'>,
	change: Partial<typeof lectureRevisions.$inferInsert>
): Promise<void> {
	await tx.update(lectureRevisions).set(change).where(isRevision(lectureId, revision));
}
