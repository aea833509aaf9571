import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { recordAudit } from '../audit/record.ts';
import type { MediaPlan } from '#media-pipeline/plan.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { isRevision } from './service.ts';
import { requestSoundFile } from './sound-file.ts';
import type { StoredResult } from './store-result.ts';
import { lectureParts, lectureRevisions, lectures } from './tables.ts';
import type { LectureTarget } from './keys.ts';

/** A revision taken by one run of the job. `run` fences: whoever wrote it last owns the revision. */
export type Claim = Readonly<
	LectureTarget & {
		run: string;
		sourceKey: string;
		sourceName: string | null;
		attempts: number;
		/** Of an earlier run, to go on with. */
		plan: MediaPlan | null;
	}
>;

/** A live run speaks every second; the queue takes a job from its worker after 15 s without a heartbeat. */
export const SILENCE = '8 seconds';

/**
 * Takes the revision for this run, also from a run that has fallen silent, but never from a live one: a job may be there
 * twice.
 * Undefined when nothing is to be done.
 */
export async function claimRevision(
	ctx: Context,
	{ lectureId, revision, run }: LectureTarget & { run: string }
): Promise<Claim | undefined> {
	const [taken] = await ctx.db
		.update(lectureRevisions)
		.set({
			state: 'probing',
			jobId: run,
			attempts: sql`attempts + 1`,
			progressPercent: 0,
			failureCode: null,
			progressAt: new Date(),
			startedAt: new Date()
		})
		.where(
			and(
				isRevision(lectureId, revision),
				or(
					eq(lectureRevisions.state, 'queued'),
					and(
						inArray(lectureRevisions.state, ['probing', 'transcoding']),
						sql`progress_at < now() - ${SILENCE}::interval`
					)
				)
			)
		)
		.returning();
	if (!taken?.sourceKey) return undefined;
	const { sourceKey, sourceName, attempts, plan } = taken;
	return { lectureId, revision, run, sourceKey, sourceName, attempts, plan };
}

/** True while some run holds the revision, alive or fallen silent. */
export async function isWorkedOn(db: Database, lectureId: string, revision: number): Promise<boolean> {
	const found = await db
		.select({ revision: lectureRevisions.revision })
		.from(lectureRevisions)
		.where(and(isRevision(lectureId, revision), inArray(lectureRevisions.state, ['probing', 'transcoding'])));
	return found.length > 0;
}

/** Runs that own a revision, or a part they have not fallen silent about. */
export async function listRuns(db: Database): Promise<string[]> {
	const leading = await db
		.select({ run: lectureRevisions.jobId })
		.from(lectureRevisions)
		.where(inArray(lectureRevisions.state, ['probing', 'transcoding']));
	const helping = await db
		.select({ run: lectureParts.run })
		.from(lectureParts)
		.where(and(eq(lectureParts.state, 'running'), sql`progress_at >= now() - ${SILENCE}::interval`));
	return [...leading, ...helping].flatMap(({ run }) => run ?? []);
}

/** @returns false when the revision is no longer this run's */
export async function reportProgress(
	ctx: Context,
	claim: Claim,
	{ state, percent }: { state: 'probing' | 'transcoding'; percent: number }
): Promise<boolean> {
	return change(ctx.db, claim, { state, progressPercent: percent, progressAt: new Date() });
}

/** Back into the queue, which will try again. A failure code meanwhile tells the trainer what is waited for. */
export async function postponeRevision(
	ctx: Context,
	claim: Claim,
	{ countsAsAttempt, failureCode = null }: { countsAsAttempt: boolean; failureCode?: string | null }
): Promise<void> {
	await change(ctx.db, claim, {
		state: 'queued',
		jobId: null,
		failureCode,
		attempts: countsAsAttempt ? claim.attempts : claim.attempts - 1,
		progressAt: new Date()
	});
}

/** It is over, until somebody asks for another try. */
export async function failRevision(ctx: Context, claim: Claim, failureCode: string): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const isOurs = await change(tx, claim, { state: 'failed', failureCode, jobId: null, finishedAt: new Date() });
		if (isOurs) await audit(ctx, tx, claim, 'lecture.failed', { failureCode });
	});
}

/** Lets learners see what is ready of a first file while the rest is made. An older file that is complete stays. */
export async function publishEarly(ctx: Context, claim: Claim, stored: StoredResult): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		if (!(await change(tx, claim, stored))) return;
		const shown = await tx
			.update(lectures)
			.set({ readyRevision: claim.revision })
			.where(and(eq(lectures.id, claim.lectureId), isNull(lectures.readyRevision)))
			.returning({ id: lectures.id });
		if (shown.length > 0) await audit(ctx, tx, claim, 'lecture.shown_early', { durationS: stored.durationS });
	});
}

/** Makes the revision what learners see, in one transaction with the lecture. */
export async function publishRevision(ctx: Context, claim: Claim, stored: StoredResult): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const finishedAt = new Date();
		const isOurs = await change(tx, claim, {
			...stored,
			state: 'ready',
			progressPercent: 100,
			progressAt: finishedAt,
			failureCode: null,
			jobId: null,
			plan: null,
			finishedAt
		});
		if (!isOurs) return;
		await tx
			.delete(lectureParts)
			.where(and(eq(lectureParts.lectureId, claim.lectureId), eq(lectureParts.revision, claim.revision)));
		const [lecture] = await tx
			.update(lectures)
			.set({ readyRevision: sql`greatest(coalesce(ready_revision, 0), ${claim.revision})` })
			.where(eq(lectures.id, claim.lectureId))
			.returning();
		if (lecture?.allowsSoundDownload) await requestSoundFile(ctx, tx, claim);
		await audit(ctx, tx, claim, 'lecture.ready', { durationS: stored.durationS });
	});
}

async function change(
	db: Database,
	{ lectureId, revision, run }: Claim,
	values: Partial<typeof lectureRevisions.$inferInsert>
): Promise<boolean> {
	const changed = await db
		.update(lectureRevisions)
		.set(values)
		.where(and(isRevision(lectureId, revision), eq(lectureRevisions.jobId, run)))
		.returning({ revision: lectureRevisions.revision });
	return changed.length > 0;
}

async function audit(ctx: Context, tx: Database, { lectureId, revision }: Claim, action: AuditAction, more: object) {
	const [lecture] = await tx.select({ unitId: lectures.unitId }).from(lectures).where(eq(lectures.id, lectureId));
	await recordAudit(ctx, tx, action, { objectId: lectureId, unitId: lecture?.unitId, revision, ...more });
}
