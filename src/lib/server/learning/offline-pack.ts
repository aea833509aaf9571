import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import {
	claimedSeconds,
	coveragePercent,
	creditPack,
	formatSecondSet,
	isCovered,
	normalise,
	PACK_DAYS,
	parseSecondSet,
	secondsIn,
	withinReach,
	type SecondSet
} from '#lib/learning/coverage.ts';
import {
	RETURN_WITHIN_DAYS,
	type PackAnswer,
	type WatchedPack,
	type WatchedPackAnswer
} from '#lib/learning/offline-pack.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import { getReadyRevision } from '../lectures/queries.ts';
import type { Context } from '../platform/context.ts';
import { today, within } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { markAttended } from '../training/completion.ts';
import { assertOpen, getOwnClass, ownPersonId } from './own-class.ts';
import { assertUnlocked, completeLesson, findLesson } from './progress.ts';
import { listCompletedLessonIds } from './queries.ts';
import { lessonProgress, offlinePacks, playbacks, resumePositions, watchCoverage } from './tables.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

type Place = Readonly<{ participationId: string; lessonId: string }>;
type Pack = typeof offlinePacks.$inferSelect;

/**
 * Gives a lecture out to be watched without a network for seven days. The time of this call is what later claims are
 * measured against; an older pack of the same person and lesson earns no more from now on.
 * @throws {DomainError} `not_found`, or `conflict` when the class is not open, the lesson locked or the lecture not ready
 */
export async function issuePack(ctx: Context, { participationId, lessonId }: Place): Promise<PackAnswer> {
	const personId = ownPersonId(ctx.actor);
	const own = await getOwnClass(ctx, participationId);
	assertOpen(own);
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const lesson = findLesson(outline, lessonId);
	assertUnlocked(outline, lesson, await listCompletedLessonIds(ctx.db, participationId));
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	if (!revision) throw new DomainError('conflict', 'learning.lecture_not_ready');
	const packId = await ctx.db.transaction(async (tx) => {
		await takeTurn(tx, personId, lessonId);
		await tx
			.update(offlinePacks)
			.set({ endedAt: ctx.now })
			.where(
				and(eq(offlinePacks.personId, personId), eq(offlinePacks.lessonId, lessonId), isNull(offlinePacks.endedAt))
			);
		const place = { participationId, lessonId, lectureRevision: revision.revision };
		const [issued] = await tx
			.insert(offlinePacks)
			.values({
				...place,
				personId,
				totalS: Math.max(1, Math.floor(revision.durationS ?? 0)),
				coverageThreshold: outline.version.coverageThreshold,
				preventsSkipping: lesson.preventsSkipping,
				watchedBeforeS: secondsIn(await getWatched(tx, place)),
				issuedAt: ctx.now
			})
			.returning({ id: offlinePacks.id });
		return issued!.id;
	});
	return { packId, expiresAt: new Date(ctx.now.getTime() + PACK_DAYS * DAY_MS).toISOString() };
}

/**
 * Takes what was watched of a stored lesson. Safe to repeat: a second is credited once, and whatever the lesson gained
 * since the pack was issued is charged against the time that passed.
 * @throws {DomainError} `not_found` for another person's pack or place, `conflict` when the class is not open or the
 * device came back too late; the device then keeps what it has and shows the sentence
 */
export async function creditWatchedPack(
	ctx: Context,
	place: Place,
	{ packId, positionS, ranges }: WatchedPack
): Promise<WatchedPackAnswer> {
	const personId = ownPersonId(ctx.actor);
	const own = await getOwnClass(ctx, place.participationId);
	assertOpen(own);
	return ctx.db.transaction(async (tx) => {
		await takeTurn(tx, personId, place.lessonId);
		const pack = await getPack(tx, personId, place, packId);
		if (ctx.now.getTime() > pack.issuedAt.getTime() + RETURN_WITHIN_DAYS * DAY_MS) {
			throw new DomainError('conflict', 'learning.pack_too_old');
		}
		const watched = await getWatched(tx, pack);
		const until = pack.endedAt ?? ctx.now;
		const claimed = claimedSeconds(ranges, pack.totalS);
		const credited = creditPack(
			pack.preventsSkipping ? withinReach(claimed, watched) : claimed,
			watched,
			(until.getTime() - pack.issuedAt.getTime()) / 1000,
			secondsIn(watched) - pack.watchedBeforeS
		);
		if (credited.length > 0) await writeCredit(ctx, tx, pack, credited, positionS);
		const watchedS = secondsIn(normalise([...watched, ...credited]));
		const isComplete = isCovered(watchedS, pack.totalS, pack.coverageThreshold);
		if (isComplete) {
			await completeLesson(within(ctx, tx), tx, pack.participationId, own.courseVersionId, pack.lessonId);
		}
		return {
			creditedS: secondsIn(credited),
			coveragePercent: coveragePercent(watchedS, pack.totalS),
			isComplete,
			savedAt: ctx.now.toISOString()
		};
	});
}

/** Two devices of one person are answered one after the other; the start of a playback takes the same turn. */
async function takeTurn(tx: Database, personId: string, lessonId: string): Promise<void> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${personId + lessonId}, 0))`);
}

async function getPack(tx: Database, personId: string, place: Place, packId: string): Promise<Pack> {
	const [pack] = await tx
		.select()
		.from(offlinePacks)
		.where(
			and(
				eq(offlinePacks.id, packId),
				eq(offlinePacks.personId, personId),
				eq(offlinePacks.participationId, place.participationId),
				eq(offlinePacks.lessonId, place.lessonId)
			)
		);
	if (!pack) throw new DomainError('not_found', 'learning.no_pack');
	return pack;
}

/** Locked until the transaction ends, so that a beat of an open page cannot be credited in between. */
async function getWatched(
	tx: Database,
	{ participationId, lessonId, lectureRevision }: Place & { lectureRevision: number }
): Promise<SecondSet> {
	const [row] = await tx
		.select({ watched: sql<string>`${watchCoverage.watched}::text` })
		.from(watchCoverage)
		.where(
			and(
				eq(watchCoverage.participationId, participationId),
				eq(watchCoverage.lessonId, lessonId),
				eq(watchCoverage.lectureRevision, lectureRevision)
			)
		)
		.for('update');
	return parseSecondSet(row?.watched ?? '');
}

async function writeCredit(
	ctx: Context,
	tx: Database,
	{ participationId, lessonId, lectureRevision, personId, totalS, issuedAt }: Pack,
	credited: SecondSet,
	positionS: number
): Promise<void> {
	const saved = { positionS: Math.min(positionS, totalS), savedAt: ctx.now };
	await tx.execute(sql`
		insert into watch_coverage (participation_id, lesson_id, lecture_revision, watched, credited_at)
		values (${participationId}::uuid, ${lessonId}::uuid, ${lectureRevision}::int,
			${formatSecondSet(credited)}::int4multirange, ${ctx.now.toISOString()}::timestamptz)
		on conflict (participation_id, lesson_id, lecture_revision)
		do update set watched = watch_coverage.watched + excluded.watched, credited_at = excluded.credited_at
	`);
	await tx
		.insert(lessonProgress)
		.values({ participationId, lessonId, startedAt: ctx.now, savedAt: ctx.now })
		.onConflictDoUpdate({
			target: [lessonProgress.participationId, lessonProgress.lessonId],
			set: { savedAt: ctx.now }
		});
	await tx
		.insert(resumePositions)
		.values({ personId, lessonId, ...saved })
		.onConflictDoUpdate({ target: [resumePositions.personId, resumePositions.lessonId], set: saved });
	await markAttended(tx, participationId, today(ctx));
	// This time is paid out: a page that stood open meanwhile may not be paid for it again. The number moves too, so that a
	// beat that has read the older anchor finds its playback changed; its page goes on from the server's number.
	await tx
		.update(playbacks)
		.set({
			sequence: sql`${playbacks.sequence} + 1`,
			anchorAt: sql`greatest(${playbacks.anchorAt}, ${ctx.now.toISOString()}::timestamptz)`
		})
		.where(
			and(
				eq(playbacks.personId, personId),
				eq(playbacks.lessonId, lessonId),
				or(isNull(playbacks.endedAt), gt(playbacks.endedAt, issuedAt))
			)
		);
}
