import { and, eq, isNull, sql } from 'drizzle-orm';
import {
	claimedSeconds,
	coveragePercent,
	credit,
	formatSecondSet,
	isCovered,
	normalise,
	parseSecondSet,
	secondsIn,
	withinReach,
	type SecondSet
} from '#lib/learning/coverage.ts';
import type { Heartbeat, HeartbeatAnswer, PlaybackAnswer } from '#lib/learning/heartbeat.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import { getReadyRevision } from '../lectures/queries.ts';
import type { Context } from '../platform/context.ts';
import { today, within } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { markAttended } from '../training/completion.ts';
import { assertOpen, getOwnClass, ownPersonId } from './own-class.ts';
import { assertUnlocked, completeLesson, findLesson } from './progress.ts';
import { getResumePosition, listCompletedLessonIds } from './queries.ts';
import { lessonProgress, playbacks } from './tables.ts';

/**
 * Starts the one live playback of a person and lecture; an older one, on whatever device, ends now and is told so at its
 * next beat. Nobody is ever locked out.
 * @throws {DomainError} `not_found`, or `conflict` when the class is not open, the lesson locked or the lecture not ready
 */
export async function startPlayback(
	ctx: Context,
	{ participationId, lessonId, userAgent }: { participationId: string; lessonId: string; userAgent?: string }
): Promise<PlaybackAnswer> {
	const personId = ownPersonId(ctx.actor);
	const own = await getOwnClass(ctx, participationId);
	assertOpen(own);
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const lesson = findLesson(outline, lessonId);
	assertUnlocked(outline, lesson, await listCompletedLessonIds(ctx.db, participationId));
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	if (!revision) throw new DomainError('conflict', 'learning.lecture_not_ready');
	const totalS = Math.max(1, Math.floor(revision.durationS ?? 0));
	const playbackId = await ctx.db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${personId + lessonId}, 0))`);
		await tx
			.update(playbacks)
			.set({ endedAt: ctx.now })
			.where(and(eq(playbacks.personId, personId), eq(playbacks.lessonId, lessonId), isNull(playbacks.endedAt)));
		const [started] = await tx
			.insert(playbacks)
			.values({
				personId,
				lessonId,
				participationId,
				lectureRevision: revision.revision,
				totalS,
				coverageThreshold: outline.version.coverageThreshold,
				preventsSkipping: lesson.preventsSkipping,
				startedAt: ctx.now,
				anchorAt: ctx.now,
				userAgent: userAgent?.slice(0, 200)
			})
			.returning({ id: playbacks.id });
		await tx
			.insert(lessonProgress)
			.values({ participationId, lessonId, startedAt: ctx.now, savedAt: ctx.now })
			.onConflictDoNothing();
		await markAttended(tx, participationId, today(ctx));
		return started!.id;
	});
	return { playbackId, resumeAtS: await getResumePosition(ctx.db, personId, lessonId) };
}

type LivePlayback = {
	participation_id: string;
	lesson_id: string;
	lecture_revision: number;
	sequence: number;
	anchor_at: Date;
	ended_at: Date | null;
	total_s: number;
	coverage_threshold: number;
	prevents_skipping: boolean;
	watched: string;
	is_completed: boolean;
};

/** How often a beat is read again when another one of the same playback was written in between. */
const TRIES = 3;

/**
 * Takes a beat: which seconds were played since the last one. Credits new seconds as far as wall-clock time since then
 * allows; a repeated or older beat changes nothing and is answered as the first time. Two statements, no lock held
 * between them: the second takes effect only where the playback is still as the first one read it.
 * @throws {DomainError} `not_found` for another person's playback, `conflict` `learning.playback_taken_over`
 */
export async function recordHeartbeat(ctx: Context, beat: Heartbeat): Promise<HeartbeatAnswer> {
	const personId = ownPersonId(ctx.actor);
	for (let i = 0; i < TRIES; i++) {
		const live = await readPlayback(ctx, personId, beat.playbackId);
		if (!live) throw new DomainError('not_found', 'learning.no_playback');
		const watched = parseSecondSet(live.watched);
		if (beat.sequence <= live.sequence) return settle(ctx, live, watched, beat);
		const until = live.ended_at ?? ctx.now;
		const elapsedS = (until.getTime() - live.anchor_at.getTime()) / 1000;
		const claimed = claimedSeconds(beat.ranges, live.total_s);
		const credited = credit(live.prevents_skipping ? withinReach(claimed, watched) : claimed, watched, elapsedS);
		if (!(await writeBeat(ctx, personId, beat, live, credited, until))) continue;
		return settle(ctx, live, normalise([...watched, ...credited]), beat);
	}
	throw new DomainError('conflict', 'learning.beats_crossed');
}

async function readPlayback(ctx: Context, personId: string, playbackId: string): Promise<LivePlayback | undefined> {
	const [row] = await ctx.db.execute<LivePlayback>(sql`
		select p.participation_id, p.lesson_id, p.lecture_revision, p.sequence, p.anchor_at, p.ended_at, p.total_s,
			p.coverage_threshold, p.prevents_skipping, coalesce(w.watched, '{}')::text as watched,
			l.completed_at is not null as is_completed
		from playback p
		left join watch_coverage w on w.participation_id = p.participation_id and w.lesson_id = p.lesson_id
			and w.lecture_revision = p.lecture_revision
		left join lesson_progress l on l.participation_id = p.participation_id and l.lesson_id = p.lesson_id
		where p.id = ${playbackId} and p.person_id = ${personId}
	`);
	return row && { ...row, anchor_at: new Date(row.anchor_at), ended_at: row.ended_at && new Date(row.ended_at) };
}

async function writeBeat(
	ctx: Context,
	personId: string,
	beat: Heartbeat,
	live: LivePlayback,
	credited: SecondSet,
	until: Date
): Promise<boolean> {
	const now = ctx.now.toISOString();
	const rows = await ctx.db.execute(sql`
		with moved as (
			update playback set sequence = ${beat.sequence}, anchor_at = greatest(anchor_at, ${until.toISOString()}::timestamptz)
			where id = ${beat.playbackId} and sequence = ${live.sequence}
			returning 1
		), covered as (
			insert into watch_coverage (participation_id, lesson_id, lecture_revision, watched, credited_at)
			select ${live.participation_id}::uuid, ${live.lesson_id}::uuid, ${live.lecture_revision}::int,
				${formatSecondSet(credited)}::int4multirange, ${now}::timestamptz
			from moved where ${credited.length > 0}
			on conflict (participation_id, lesson_id, lecture_revision)
			do update set watched = watch_coverage.watched + excluded.watched, credited_at = excluded.credited_at
		), progressed as (
			update lesson_progress set saved_at = ${now}::timestamptz
			where participation_id = ${live.participation_id} and lesson_id = ${live.lesson_id} and exists (select from moved)
		), resumed as (
			insert into resume_position (person_id, lesson_id, position_s, saved_at)
			select ${personId}::uuid, ${live.lesson_id}::uuid, ${Math.min(beat.positionS, live.total_s)}::real, ${now}::timestamptz
			from moved where ${live.ended_at === null}
			on conflict (person_id, lesson_id) do update set position_s = excluded.position_s, saved_at = excluded.saved_at
		)
		select 1 from moved
	`);
	return rows.length > 0;
}

/** Completes what is covered, then answers; a taken-over device is told only after its seconds were credited. */
async function settle(ctx: Context, live: LivePlayback, watched: SecondSet, beat: Heartbeat): Promise<HeartbeatAnswer> {
	const watchedS = secondsIn(watched);
	const isComplete = isCovered(watchedS, live.total_s, live.coverage_threshold);
	if (isComplete && !live.is_completed) await completeWatched(ctx, live);
	if (live.ended_at) throw new DomainError('conflict', 'learning.playback_taken_over');
	return {
		sequence: Math.max(beat.sequence, live.sequence),
		coveragePercent: coveragePercent(watchedS, live.total_s),
		isComplete: isComplete || live.is_completed,
		savedAt: ctx.now.toISOString()
	};
}

async function completeWatched(ctx: Context, live: LivePlayback): Promise<void> {
	const own = await getOwnClass(ctx, live.participation_id);
	if (own.access !== 'open') return;
	await ctx.db.transaction((tx) =>
		completeLesson(within(ctx, tx), tx, live.participation_id, own.courseVersionId, live.lesson_id)
	);
}
