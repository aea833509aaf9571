import { and, count, desc, eq, isNull, sql } from 'drizzle-orm';
import { formatDateTime } from '#lib/i18n/format.ts';
import { learningMessages } from '#lib/i18n/learning.ts';
import { coveragePercent } from '#lib/learning/coverage.ts';
import { recordAudit } from '../audit/record.ts';
import { getLessonForAuthor } from '../catalogue/editor.ts';
import { authorise } from '../identity/permissions.ts';
import { getReadyRevision } from '../lectures/queries.ts';
import { BY_NAME } from '../organisation/queries.ts';
import { inScope } from '../organisation/scope.ts';
import { people, units, unitVersions } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Sheet } from '../platform/office/sheet-files.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import { lessonProgress, watchCoverage } from './tables.ts';

const PER_PAGE = 100;

/** One learner of one class in a lecture lesson; `percent` is of the file that is shown now. */
export type LectureLearner = Readonly<{
	participationId: string;
	fullName: string;
	unitName: string | null;
	classTitle: string;
	percent: number;
	isComplete: boolean;
	savedAt: Date;
}>;

/**
 * Who began a lecture and how much of it was watched, newest classes first. Names come from classes of the actor's units
 * only: an author of a course that others use learns nothing of their people.
 * @throws {DomainError} `not_found` outside the actor's units
 */
export async function listLectureLearners(ctx: Context, courseId: string, lessonId: string, page: number) {
	const { lesson } = await getLessonForAuthor(ctx, courseId, lessonId);
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	if (!revision) return { rows: [], total: 0, page: 1, pageCount: 0 };
	const of = { lessonId, revision: revision.revision, totalS: revision.durationS ?? 0 };
	const [{ total } = { total: 0 }] = await ctx.db
		.select({ total: count() })
		.from(lessonProgress)
		.innerJoin(participations, eq(participations.id, lessonProgress.participationId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(isShown(ctx, lessonId));
	const pageCount = Math.ceil(total / PER_PAGE);
	const at = Math.max(1, Math.min(page, pageCount));
	return {
		rows: await readLearners(ctx, of, { limit: PER_PAGE, offset: (at - 1) * PER_PAGE }),
		total,
		page: at,
		pageCount
	};
}

/** The whole list for a file, in Vietnamese; that it was taken is written down. */
export async function lectureLearnersSheet(ctx: Context, courseId: string, lessonId: string): Promise<Sheet> {
	const { course, version, lesson } = await getLessonForAuthor(ctx, courseId, lessonId);
	const revision = lesson.lectureId ? await getReadyRevision(ctx.db, lesson.lectureId) : undefined;
	const of = { lessonId, revision: revision?.revision ?? 0, totalS: revision?.durationS ?? 0 };
	const rows = revision ? await readLearners(ctx, of) : [];
	const facts = { objectId: course.id, unitId: course.unitId, lessonId, rows: rows.length };
	await recordAudit(ctx, ctx.db, 'course.results_exported', facts);
	const { coverage: t } = learningMessages.vi;
	return {
		title: t.people,
		headings: ['STT', t.person, t.unit, t.className, t.percent, t.done, t.savedAt],
		rows: rows.map((row, i) => [
			...[i + 1, row.fullName, row.unitName ?? '', row.classTitle, row.percent],
			...[row.isComplete ? t.yes : t.no, formatDateTime(row.savedAt)]
		]),
		notes: [`${course.code} – ${version.title}`, lesson.title, t.peopleLead]
	};
}

async function readLearners(
	ctx: Context,
	{ lessonId, revision, totalS }: { lessonId: string; revision: number; totalS: number },
	part?: { limit: number; offset: number }
): Promise<LectureLearner[]> {
	const rows = ctx.db
		.select({
			participationId: participations.id,
			fullName: people.fullName,
			unitName: sql<string | null>`(select ${unitVersions.name} from ${unitVersions}
				where ${unitVersions.unitId} = ${participations.unitIdThen} order by ${unitVersions.validFrom} desc limit 1)`,
			classTitle: trainingActivities.title,
			watchedS: sql<number>`coalesce((select sum(upper(r) - lower(r)) from unnest(${watchCoverage.watched}) as r), 0)::int`,
			isComplete: sql<boolean>`${lessonProgress.completedAt} is not null`,
			savedAt: lessonProgress.savedAt
		})
		.from(lessonProgress)
		.innerJoin(participations, eq(participations.id, lessonProgress.participationId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.innerJoin(people, eq(people.id, participations.personId))
		.leftJoin(
			watchCoverage,
			and(
				...[eq(watchCoverage.participationId, participations.id), eq(watchCoverage.lessonId, lessonId)],
				eq(watchCoverage.lectureRevision, revision)
			)
		)
		.where(isShown(ctx, lessonId))
		.orderBy(desc(trainingActivities.startsOn), trainingActivities.id, ...BY_NAME, participations.id);
	const found = await (part ? rows.limit(part.limit).offset(part.offset) : rows);
	const total = Math.max(1, Math.floor(totalS));
	return found.map(({ watchedS, ...row }) => ({ ...row, percent: coveragePercent(watchedS, total) }));
}

function isShown(ctx: Context, lessonId: string) {
	return and(
		...[eq(lessonProgress.lessonId, lessonId), isNull(participations.voidedAt)],
		inScope(units.path, authorise(ctx.actor, 'training:read'))
	);
}
