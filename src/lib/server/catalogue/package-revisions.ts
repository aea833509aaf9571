import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { settingsOf, type ScormSettings } from '#lib/scorm/settings.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import type { PackageTarget } from '../scorm/keys.ts';
import { getCourse, getNewestVersion, lockNewest, type Course, type VersionRow } from './access.ts';
import { getCourseOutline, type CourseOutline } from './outline.ts';
import { courseVersions, lessonVersions, modules } from './tables.ts';

/** A published version whose classes open an earlier revision of a lesson's package than its newest version shows. */
export type VersionBehind = Readonly<{
	courseVersionId: string;
	lessonVersionId: string;
	number: number;
	revision: number;
	settings: ScormSettings;
}>;

/** The package of a lesson as the newest version shows it, and the published versions that lag behind. */
export type LessonRevision = Readonly<{
	course: Course;
	newest: VersionRow;
	lessonTitle: string;
	/** What the newest version shows; undefined while nothing is ready. */
	target: PackageTarget | undefined;
	settings: ScormSettings;
	behind: readonly VersionBehind[];
}>;

/**
 * How the revisions of a SCORM lesson's package stand across the versions of its course, for authors and approvers.
 * @throws {DomainError} `not_found` outside the actor's units, or for a lesson of another kind
 */
export async function getLessonRevision(ctx: Context, courseId: string, lessonId: string): Promise<LessonRevision> {
	const course = await getCourse(ctx, courseId, 'course:author', 'course:approve');
	return readLessonRevision(ctx.db, course, await getNewestVersion(ctx.db, courseId), lessonId);
}

async function readLessonRevision(
	db: Database,
	course: Course,
	newest: VersionRow,
	lessonId: string
): Promise<LessonRevision> {
	const { modules: parts } = await getCourseOutline(db, newest.id);
	const outlined = parts.flatMap(({ lessons }) => lessons).find((each) => each.lessonId === lessonId);
	if (outlined?.kind !== 'scorm') throw new DomainError('not_found', 'catalogue.no_such_lesson');
	const { packageId, packageRevision } = outlined;
	const target = packageId && packageRevision ? { packageId, revision: packageRevision } : undefined;
	const isHere = eq(lessonVersions.id, outlined.lessonVersionId);
	const [row] = await db.select({ settings: lessonVersions.scormSettings }).from(lessonVersions).where(isHere);
	return {
		...{ course, newest, target, lessonTitle: outlined.title },
		settings: settingsOf(row?.settings),
		behind: target ? await listBehind(db, course.id, lessonId, target) : []
	};
}

async function listBehind(
	db: Database,
	courseId: string,
	lessonId: string,
	{ packageId, revision }: PackageTarget
): Promise<VersionBehind[]> {
	const shown = sql<number>`coalesce(${lessonVersions.adoptedRevision}, ${lessonVersions.packageRevision})`;
	const rows = await db
		.select({
			courseVersionId: courseVersions.id,
			lessonVersionId: lessonVersions.id,
			number: courseVersions.number,
			revision: shown,
			settings: lessonVersions.scormSettings
		})
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.innerJoin(courseVersions, eq(courseVersions.id, modules.courseVersionId))
		.where(
			and(
				eq(courseVersions.courseId, courseId),
				eq(courseVersions.status, 'published'),
				eq(lessonVersions.lessonId, lessonId),
				eq(lessonVersions.packageId, packageId),
				isNotNull(lessonVersions.packageRevision),
				sql`${shown} < ${revision}`
			)
		)
		.orderBy(asc(courseVersions.number));
	return rows.map(({ settings, ...row }) => ({ ...row, settings: settingsOf(settings) }));
}

/** SCORM lessons of a version whose package is a later revision than an earlier published version shows. */
export async function listRenewedLessons(db: Database, { version, modules: parts }: CourseOutline) {
	const lessons = parts.flatMap((part) => part.lessons);
	const found = await Promise.all(
		lessons.map(async ({ lessonId, title, packageId, packageRevision: revision }) => {
			if (!packageId || !revision) return [];
			const behind = await listBehind(db, version.courseId, lessonId, { packageId, revision });
			return behind.length > 0 ? [{ lessonId, title, revision, behind }] : [];
		})
	);
	return found.flat();
}

/**
 * Gives the classes of earlier published versions the revision that the newest published version shows, for attempts that
 * begin from now on. Only what was approved with a version can be given.
 * @param seen the revision whose consequences were shown to whoever decides
 * @returns versions that were behind
 * @throws {DomainError} `conflict` `scorm.revision_not_published`, or `form.stale` when it is not that revision any more
 */
export async function adoptLessonRevision(
	ctx: Context,
	tx: Database,
	{ courseId, lessonId, seen }: { courseId: string; lessonId: string; seen: number }
): Promise<{ course: Course; behind: readonly VersionBehind[] }> {
	const course = await getCourse(ctx, courseId, 'course:author');
	const newest = await lockNewest(tx, courseId);
	const { target, behind } = await readLessonRevision(tx, course, newest, lessonId);
	if (newest.status !== 'published' || !target) throw new DomainError('conflict', 'scorm.revision_not_published');
	if (target.revision !== seen) throw new DomainError('conflict', 'form.stale');
	const ids = behind.map(({ lessonVersionId }) => lessonVersionId);
	if (ids.length > 0)
		await tx.update(lessonVersions).set({ adoptedRevision: seen }).where(inArray(lessonVersions.id, ids));
	return { course, behind };
}
