import { and, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import { isCourseComplete } from '#lib/training/completion.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { dayOf, today, within } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { completeParticipation, markAttended } from '../training/completion.ts';
import { assertOpen, getOwnClass, type CourseOutline, type OutlineLesson } from './own-class.ts';
import { listCompletedLessonIds } from './queries.ts';
import { lessonProgress } from './tables.ts';

/** What a completed lesson set off. */
export type CompletionStep = Readonly<{ lessonCompleted: boolean; courseCompleted: boolean }>;

/**
 * "Đã đọc xong" of a document or link lesson.
 * @throws {DomainError} `not_found` outside the own class, `conflict` for lectures (they are completed by watching) and
 * for classes that are not open
 */
export async function markLessonRead(
	ctx: Context,
	{ participationId, lessonId }: { participationId: string; lessonId: string }
): Promise<CompletionStep> {
	const own = await getOwnClass(ctx, participationId);
	assertOpen(own);
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const lesson = findLesson(outline, lessonId);
	if (lesson.kind === 'lecture') throw new DomainError('conflict', 'learning.watch_to_complete');
	if (lesson.kind === 'scorm') throw new DomainError('conflict', 'learning.open_to_complete');
	if (lesson.kind === 'quiz') throw new DomainError('conflict', 'learning.pass_to_complete');
	assertUnlocked(outline, lesson, await listCompletedLessonIds(ctx.db, participationId));
	return ctx.db.transaction((tx) =>
		completeLesson(within(ctx, tx), tx, participationId, own.courseVersionId, lessonId)
	);
}

/**
 * Completes a lesson and, with the last required one, the course and the participation: at once, in the caller's
 * transaction. Safe to call again and in parallel.
 */
export async function completeLesson(
	ctx: Context,
	tx: Database,
	participationId: string,
	courseVersionId: string,
	lessonId: string,
	at: Date = ctx.now
): Promise<CompletionStep> {
	const [completed] = await tx
		.insert(lessonProgress)
		.values({ participationId, lessonId, startedAt: at, savedAt: ctx.now, completedAt: at })
		.onConflictDoUpdate({
			target: [lessonProgress.participationId, lessonProgress.lessonId],
			set: { completedAt: at, savedAt: ctx.now },
			setWhere: isNull(lessonProgress.completedAt)
		})
		.returning({ lessonId: lessonProgress.lessonId });
	if (!completed) return { lessonCompleted: false, courseCompleted: false };
	await markAttended(tx, participationId, dayOf(at));
	await recordAudit(ctx, tx, 'lesson.completed', { objectId: participationId, lessonId });
	// Two lessons completed at one moment must not each miss the other: the participation's rows are taken in turn.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${participationId}, 0))`);
	const outline = await getCourseOutline(tx, courseVersionId);
	const done = await listCompletedLessonIds(tx, participationId);
	const lessons = lessonsOf(outline);
	if (!isCourseComplete(lessons.map((lesson) => ({ ...lesson, isComplete: done.has(lesson.lessonId) })))) {
		return { lessonCompleted: true, courseCompleted: false };
	}
	const on = at < ctx.now ? await lastCompletionDay(ctx, tx, participationId, lessons) : today(ctx);
	return { lessonCompleted: true, courseCompleted: await completeParticipation(ctx, tx, participationId, on) };
}

/** The day on which the last of the required lessons was completed, whenever that was entered. */
async function lastCompletionDay(
	ctx: Context,
	tx: Database,
	participationId: string,
	lessons: readonly OutlineLesson[]
): Promise<string> {
	const required = lessons.filter(({ isRequired }) => isRequired).map(({ lessonId }) => lessonId);
	const [row] = await tx
		.select({ at: max(lessonProgress.completedAt) })
		.from(lessonProgress)
		.where(and(eq(lessonProgress.participationId, participationId), inArray(lessonProgress.lessonId, required)));
	return dayOf(row?.at ?? ctx.now);
}

/** All lessons of a course in their order. */
export function lessonsOf(outline: CourseOutline): OutlineLesson[] {
	return outline.modules.flatMap((module) => module.lessons);
}

/** @throws {DomainError} `not_found` when the course has no such lesson */
export function findLesson(outline: CourseOutline, lessonId: string): OutlineLesson {
	const lesson = lessonsOf(outline).find((each) => each.lessonId === lessonId);
	if (!lesson) throw new DomainError('not_found', 'learning.no_lesson');
	return lesson;
}

/** @throws {DomainError} `conflict` when the course is sequential and an earlier required lesson is not complete */
export function assertUnlocked(outline: CourseOutline, lesson: OutlineLesson, done: ReadonlySet<string>): void {
	if (isLocked(outline, lesson.lessonId, done)) throw new DomainError('conflict', 'learning.earlier_lesson_first');
}

/** True when the lesson waits for an earlier required one. */
export function isLocked(outline: CourseOutline, lessonId: string, done: ReadonlySet<string>): boolean {
	if (!outline.version.isSequential || done.has(lessonId)) return false;
	const lessons = lessonsOf(outline);
	const before = lessons.slice(
		0,
		lessons.findIndex((lesson) => lesson.lessonId === lessonId)
	);
	return before.some((lesson) => lesson.isRequired && !done.has(lesson.lessonId));
}
