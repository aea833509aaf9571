import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { gradeOf, withoutCarried } from '#lib/scorm/runtime/grading.ts';
import type { Standing } from '#lib/scorm/runtime/status.ts';
import { settingsOf } from '#lib/scorm/settings.ts';
import { getCourseOutline, getLesson } from '../catalogue/queries.ts';
import { authorise, can, covers } from '../identity/permissions.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { people, unitVersions } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { attempts } from '../scorm/runtime-tables.ts';
import { getAttemptRecord } from '../scorm/runtime/record.ts';
import { getClass, type TrainingClass } from '../training/access.ts';
import { participations } from '../training/tables.ts';
import { lessonsOf } from './progress.ts';
import { scormRegistrations } from './scorm-tables.ts';
import { lessonProgress } from './tables.ts';

/** One learner in one SCORM lesson of a class. Scores are 0–1, as the content reports them. */
export type ScormResult = Standing &
	Readonly<{
		registrationId: string;
		lessonId: string;
		lessonTitle: string;
		fullName: string;
		unitName: string;
		attemptCount: number;
		/** Of the lesson, by its settings. */
		grade: number | null;
		isLessonComplete: boolean;
		savedAt: Date;
	}>;

/** True when the class's course has a package in it. */
export async function hasScormLessons(ctx: Context, courseVersionId: string | null): Promise<boolean> {
	if (!courseVersionId) return false;
	return lessonsOf(await getCourseOutline(ctx.db, courseVersionId)).some(({ kind }) => kind === 'scorm');
}

/**
 * Everybody who opened a SCORM lesson of the class.
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function listScormResults(ctx: Context, activityId: string) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	if (!activity.courseVersionId) throw new DomainError('not_found', 'learning.no_class');
	const versionId = activity.courseVersionId;
	const outlined = lessonsOf(await getCourseOutline(ctx.db, versionId)).filter(({ kind }) => kind === 'scorm');
	const lessons = await Promise.all(outlined.map(({ lessonId }) => getLesson(ctx.db, versionId, lessonId)));
	const rows = await listRegistrations(ctx, activityId);
	const all = await ctx.db
		.select()
		.from(attempts)
		.where(and(inArray(attempts.registrationId, ids(rows)), isNull(attempts.voidedAt)))
		.orderBy(asc(attempts.number));
	const results = rows.flatMap((row): ScormResult[] => {
		const lesson = lessons.find(({ lessonId }) => lessonId === row.lessonId);
		const own = all.filter(({ registrationId }) => registrationId === row.registrationId);
		const last = own.at(-1);
		if (!lesson || !last) return [];
		const { completion, success, score, savedAt } = last;
		const grade = gradeOf(
			withoutCarried(own).map((attempt) => attempt.score),
			settingsOf(lesson.scormSettings).attemptGrade
		);
		return [
			{
				...row,
				lessonTitle: lesson.title,
				attemptCount: withoutCarried(own).length,
				grade,
				completion,
				success,
				score,
				savedAt
			}
		];
	});
	return { activity: { id: activity.id, title: activity.title, unitId: activity.organiserUnitId }, results };
}

/** A list that is never empty: no SQL for `in ()`. */
const ids = (rows: readonly { registrationId: string }[]) =>
	rows.length > 0 ? rows.map(({ registrationId }) => registrationId) : ['00000000-0000-0000-0000-000000000000'];

function listRegistrations(ctx: Context, activityId: string) {
	return ctx.db
		.select({
			registrationId: scormRegistrations.id,
			lessonId: scormRegistrations.lessonId,
			fullName: people.fullName,
			unitName: sql<string>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${participations.unitIdThen} order by ${unitVersions.validFrom} desc limit 1)`,
			isLessonComplete: sql<boolean>`${lessonProgress.completedAt} is not null`
		})
		.from(scormRegistrations)
		.innerJoin(participations, eq(participations.id, scormRegistrations.participationId))
		.innerJoin(people, eq(people.id, participations.personId))
		.leftJoin(
			lessonProgress,
			and(
				eq(lessonProgress.participationId, scormRegistrations.participationId),
				eq(lessonProgress.lessonId, scormRegistrations.lessonId)
			)
		)
		.where(and(eq(participations.activityId, activityId), isNull(participations.voidedAt)))
		.orderBy(...BY_NAME);
}

/** A registration of this very class with whose it is. @throws {DomainError} `not_found` */
export async function getRegistration(ctx: Context, activity: TrainingClass, registrationId: string) {
	const [found] = await ctx.db
		.select({ registration: scormRegistrations, fullName: people.fullName })
		.from(scormRegistrations)
		.innerJoin(participations, eq(participations.id, scormRegistrations.participationId))
		.innerJoin(people, eq(people.id, participations.personId))
		.where(and(eq(scormRegistrations.id, registrationId), eq(participations.activityId, activity.id)));
	if (!found) throw new DomainError('not_found', 'scorm.no_such_result');
	return { ...found.registration, fullName: found.fullName };
}

/**
 * All that a learner's attempts at a SCORM lesson left behind: items, interactions, values, the journal of commits.
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function getScormResult(ctx: Context, activityId: string, registrationId: string) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const registration = await getRegistration(ctx, activity, registrationId);
	const lesson = await getLesson(ctx.db, activity.courseVersionId ?? '', registration.lessonId);
	const [progress] = await ctx.db
		.select({ completedAt: lessonProgress.completedAt })
		.from(lessonProgress)
		.where(
			and(
				eq(lessonProgress.participationId, registration.participationId),
				eq(lessonProgress.lessonId, registration.lessonId)
			)
		);
	const rows = await ctx.db
		.select()
		.from(attempts)
		.where(eq(attempts.registrationId, registrationId))
		.orderBy(desc(attempts.number));
	const mayManage =
		can(ctx.actor, 'scorm:manage') && covers(authorise(ctx.actor, 'scorm:manage'), activity.organiserPath);
	return {
		activity: { id: activity.id, title: activity.title },
		registrationId,
		fullName: registration.fullName,
		lessonTitle: lesson.title,
		settings: settingsOf(lesson.scormSettings),
		extraAttempts: registration.extraAttempts,
		completedAt: progress?.completedAt ?? null,
		attempts: await Promise.all(rows.map((attempt) => getAttemptRecord(ctx.db, attempt))),
		mayManage
	};
}
