import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { DomainError } from '../platform/errors.ts';
import type { Database } from '../platform/database.ts';
import { lectureRevisions, lectures } from '../lectures/tables.ts';
import { packages } from '../scorm/tables.ts';
import { courses, courseVersions, lessonVersions, modules } from './tables.ts';
import type { LessonKind } from '#lib/catalogue/lesson-kind.ts';

/** A course version with what is the same in all versions of the course. */
export type CourseVersion = typeof courseVersions.$inferSelect & {
	code: string;
	unitId: string;
	createdBy: string | null;
	retiredAt: Date | null;
};

/** A lesson as an outline lists it. */
type OutlineLesson = Readonly<{
	lessonId: string;
	lessonVersionId: string;
	title: string;
	kind: LessonKind;
	isRequired: boolean;
	preventsSkipping: boolean;
	lectureId: string | null;
	documentId: string | null;
	packageId: string | null;
	paperId: string | null;
	/** Of the package, as this version shows it: what its classes were given, else pinned when it was published, else the newest that is ready. */
	packageRevision: number | null;
	/** What a learner should plan for: the lecture's length rounded up, else what the author gave. */
	minutes: number | null;
	/** Of the ready revision of the lecture. */
	durationS: number | null;
	/** Bytes of the smallest and the largest way to watch (sound with the lowest, with the highest rendition). */
	sizeBytes: Readonly<{ smallest: number; largest: number }> | null;
}>;

/** A version with its modules and lessons, in order. */
export type CourseOutline = Readonly<{
	version: CourseVersion;
	modules: readonly Readonly<{ id: string; title: string; lessons: readonly OutlineLesson[] }>[];
}>;

/** @throws {DomainError} `not_found` */
export async function getCourseVersion(db: Database, courseVersionId: string): Promise<CourseVersion> {
	const [found] = await db
		.select({ version: courseVersions, course: courses })
		.from(courseVersions)
		.innerJoin(courses, eq(courses.id, courseVersions.courseId))
		.where(eq(courseVersions.id, courseVersionId));
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_course');
	const { code, unitId, createdBy, retiredAt } = found.course;
	return { ...found.version, code, unitId, createdBy, retiredAt };
}

/**
 * What a version teaches, in order. Says nothing about rights: the caller has checked that the reader may see it.
 * @throws {DomainError} `not_found`
 */
export async function getCourseOutline(db: Database, courseVersionId: string): Promise<CourseOutline> {
	const version = await getCourseVersion(db, courseVersionId);
	const parts = await db
		.select({ id: modules.id, title: modules.title })
		.from(modules)
		.where(eq(modules.courseVersionId, courseVersionId))
		.orderBy(asc(modules.position), asc(modules.id));
	const lessons = await listLessons(
		db,
		parts.map(({ id }) => id)
	);
	return {
		version,
		modules: parts.map((part) => ({
			...part,
			lessons: lessons.filter(({ moduleId }) => moduleId === part.id).map(({ lesson }) => lesson)
		}))
	};
}

async function listLessons(db: Database, moduleIds: readonly string[]) {
	if (moduleIds.length === 0) return [];
	const rows = await db
		.select({
			lesson: lessonVersions,
			durationS: lectureRevisions.durationS,
			renditions: lectureRevisions.renditions,
			packageRevision: sql<
				number | null
			>`coalesce(${lessonVersions.adoptedRevision}, ${lessonVersions.packageRevision}, ${packages.readyRevision})`
		})
		.from(lessonVersions)
		.leftJoin(lectures, eq(lectures.id, lessonVersions.lectureId))
		.leftJoin(
			lectureRevisions,
			and(eq(lectureRevisions.lectureId, lectures.id), eq(lectureRevisions.revision, lectures.readyRevision))
		)
		.leftJoin(packages, eq(packages.id, lessonVersions.packageId))
		.where(inArray(lessonVersions.moduleId, [...moduleIds]))
		.orderBy(asc(lessonVersions.position), asc(lessonVersions.id));
	return rows.map(({ lesson, durationS, renditions, packageRevision }) => ({
		moduleId: lesson.moduleId,
		lesson: {
			lessonId: lesson.lessonId,
			lessonVersionId: lesson.id,
			title: lesson.title,
			kind: lesson.kind,
			isRequired: lesson.isRequired,
			preventsSkipping: lesson.preventsSkipping,
			lectureId: lesson.lectureId,
			documentId: lesson.documentId,
			packageId: lesson.packageId,
			paperId: lesson.paperId,
			packageRevision,
			minutes: durationS ? Math.ceil(durationS / 60) : lesson.minutes,
			durationS,
			sizeBytes: renditions && renditions.length > 0 ? sizesOf(renditions) : null
		} satisfies OutlineLesson
	}));
}

type Sized = Readonly<{ kind: 'video' | 'audio'; sizeBytes: number }>;

function sizesOf(renditions: readonly Sized[]): { smallest: number; largest: number } {
	const sound = renditions.find(({ kind }) => kind === 'audio')?.sizeBytes ?? 0;
	const pictures = renditions.filter(({ kind }) => kind === 'video').map(({ sizeBytes }) => sizeBytes);
	if (pictures.length === 0) return { smallest: sound, largest: sound };
	return { smallest: sound + Math.min(...pictures), largest: sound + Math.max(...pictures) };
}
