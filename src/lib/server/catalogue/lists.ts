import { and, desc, eq, isNull, or, sql, type SQL } from 'drizzle-orm';
import { likeContains } from '#lib/text/fold.ts';
import { authorise } from '../identity/permissions.ts';
import { listCategories } from '../organisation/reference-data.ts';
import { inScope } from '../organisation/scope.ts';
import { units, unitVersions } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf } from './access.ts';
import { getCourseOutline } from './outline.ts';
import { courses, courseVersions, type CourseStatus } from './tables.ts';

/** A course in a list, as its newest version has it. */
export type CourseListItem = {
	courseId: string;
	courseVersionId: string;
	code: string;
	title: string;
	summary: string;
	teachingPeriods: number;
	status: CourseStatus;
	number: number;
	/** Number of the newest published version. */
	publishedNumber: number | null;
	unitName: string | null;
	retiredAt: Date | null;
	submittedAt: Date | null;
	isOwn: boolean;
};

/** Courses of the units the actor writes for, the newest first. `text` finds with and without marks. */
export function listAuthoredCourses(ctx: Context, { text }: { text?: string } = {}): Promise<CourseListItem[]> {
	const scope = authorise(ctx.actor, 'course:author');
	return listNewest(ctx, and(inScope(units.path, scope), matching(text)));
}

/** Versions that wait for the actor's decision; their own stand in the list too, marked. */
export function listForReview(ctx: Context): Promise<CourseListItem[]> {
	const scope = authorise(ctx.actor, 'course:approve');
	return listNewest(ctx, and(inScope(units.path, scope), eq(courseVersions.status, 'in_review')));
}

const newestNumber = sql`(select max(v.number) from course_version v where v.course_id = ${courses.id})`;
const newestPublished = sql<number | null>`(select max(v.number) from course_version v
	where v.course_id = ${courses.id} and v.status = 'published')`;

function listNewest(ctx: Context, where: SQL | undefined): Promise<CourseListItem[]> {
	return select(ctx.db, accountOf(ctx))
		.where(and(sql`${courseVersions.number} = ${newestNumber}`, where))
		.orderBy(desc(courseVersions.recordedAt), courses.code)
		.limit(500);
}

function select(db: Database, accountId: string | null) {
	return db
		.select({
			courseId: courses.id,
			courseVersionId: courseVersions.id,
			code: courses.code,
			title: courseVersions.title,
			summary: courseVersions.summary,
			teachingPeriods: courseVersions.teachingPeriods,
			status: courseVersions.status,
			number: courseVersions.number,
			publishedNumber: newestPublished,
			unitName: unitVersions.name,
			retiredAt: courses.retiredAt,
			submittedAt: courseVersions.submittedAt,
			isOwn: sql<boolean>`coalesce(${accountId}::uuid in (${courses.createdBy}, ${courseVersions.submittedBy}), false)`
		})
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.courseId, courses.id))
		.innerJoin(units, eq(units.id, courses.unitId))
		.leftJoin(unitVersions, and(eq(unitVersions.unitId, units.id), isNull(unitVersions.validTo)));
}

function matching(text: string | undefined): SQL | undefined {
	if (!text) return undefined;
	const pattern = likeContains(text);
	return or(sql`fold(${courseVersions.title}) like ${pattern}`, sql`fold(${courses.code}) like ${pattern}`);
}

/**
 * The catalogue every signed-in person may read: the newest published version of each course that is offered.
 * @throws {DomainError} `unauthenticated`
 */
export async function listPublishedCourses(ctx: Context, { text }: { text?: string } = {}): Promise<CourseListItem[]> {
	assertSignedIn(ctx);
	return select(ctx.db, null)
		.where(and(sql`${courseVersions.number} = ${newestPublished}`, isNull(courses.retiredAt), matching(text)))
		.orderBy(courses.code)
		.limit(500);
}

/** The newest published version of a course: facts, table of contents, whom it is for. @throws {DomainError} `not_found` */
export async function getPublishedCourse(ctx: Context, courseId: string) {
	assertSignedIn(ctx);
	const [found] = await select(ctx.db, null).where(
		and(eq(courses.id, courseId), sql`${courseVersions.number} = ${newestPublished}`)
	);
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_course');
	const { version, modules } = await getCourseOutline(ctx.db, found.courseVersionId);
	const categories = await listCategories(ctx.db, today(ctx));
	return { course: found, modules, audience: categories.filter(({ code }) => version.audience.includes(code)) };
}

function assertSignedIn(ctx: Context): void {
	if (ctx.actor.kind === 'anonymous') throw new DomainError('unauthenticated', 'identity.sign_in_required');
}
