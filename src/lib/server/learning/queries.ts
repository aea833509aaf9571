import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { lessonProgress, resumePositions, watchCoverage } from './tables.ts';

/** How far a participation is in a lesson. `watchedS` counts distinct seconds of the newest revision watched. */
export type LessonStanding = Readonly<{
	lessonId: string;
	startedAt: Date;
	savedAt: Date;
	isComplete: boolean;
	watchedS: number;
}>;

/** Standing in every lesson that was begun, by lesson. */
export async function listStandings(
	db: Database,
	participationIds: readonly string[]
): Promise<(LessonStanding & { participationId: string })[]> {
	if (participationIds.length === 0) return [];
	const rows = await db
		.select({
			participationId: lessonProgress.participationId,
			lessonId: lessonProgress.lessonId,
			startedAt: lessonProgress.startedAt,
			savedAt: lessonProgress.savedAt,
			completedAt: lessonProgress.completedAt,
			watchedS: sql<number>`coalesce((
				select sum(upper(seconds) - lower(seconds))::int
				from ${watchCoverage} w, unnest(w.watched) as seconds
				where w.participation_id = ${lessonProgress.participationId} and w.lesson_id = ${lessonProgress.lessonId}
					and w.lecture_revision = (select max(v.lecture_revision) from ${watchCoverage} v
						where v.participation_id = ${lessonProgress.participationId} and v.lesson_id = ${lessonProgress.lessonId})
			), 0)`
		})
		.from(lessonProgress)
		.where(inArray(lessonProgress.participationId, [...participationIds]));
	return rows.map(({ completedAt, ...row }) => ({ ...row, isComplete: completedAt !== null }));
}

/** Where the person stopped in a lesson, seconds; zero when never begun. */
export async function getResumePosition(db: Database, personId: string, lessonId: string): Promise<number> {
	const [row] = await db
		.select({ positionS: resumePositions.positionS })
		.from(resumePositions)
		.where(and(eq(resumePositions.personId, personId), eq(resumePositions.lessonId, lessonId)));
	return row?.positionS ?? 0;
}

/** End of what a participation watched of a lecture's revision, seconds; zero when nothing. */
export async function getReach(
	db: Database,
	where: Readonly<{ participationId: string; lessonId: string; revision: number }>
): Promise<number> {
	const [row] = await db
		.select({ reachS: sql<number>`coalesce(upper(${watchCoverage.watched}), 0)` })
		.from(watchCoverage)
		.where(
			and(
				eq(watchCoverage.participationId, where.participationId),
				eq(watchCoverage.lessonId, where.lessonId),
				eq(watchCoverage.lectureRevision, where.revision)
			)
		);
	return row?.reachS ?? 0;
}

/** Lessons of a participation that are complete. */
export async function listCompletedLessonIds(db: Database, participationId: string): Promise<Set<string>> {
	const rows = await db
		.select({ lessonId: lessonProgress.lessonId })
		.from(lessonProgress)
		.where(and(eq(lessonProgress.participationId, participationId), isNotNull(lessonProgress.completedAt)));
	return new Set(rows.map((row) => row.lessonId));
}
