import { and, desc, eq } from 'drizzle-orm';
import { authorise, can, covers, type Permission } from '../identity/permissions.ts';
import { units } from '../organisation/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { courses, courseVersions, lessonVersions, modules } from './tables.ts';

export type Course = typeof courses.$inferSelect;
export type VersionRow = typeof courseVersions.$inferSelect;
export type LessonRow = typeof lessonVersions.$inferSelect;

/**
 * A course that the actor may touch with one of these permissions in its unit.
 * @throws {DomainError} `forbidden` without such a role anywhere; `not_found` outside its units
 */
export async function getCourse(
	ctx: Context,
	courseId: string,
	...anyOf: [Permission, ...Permission[]]
): Promise<Course> {
	const held = anyOf.filter((permission) => can(ctx.actor, permission));
	const scopes = (held.length > 0 ? held : [anyOf[0]]).map((permission) => authorise(ctx.actor, permission));
	const [found] = await ctx.db
		.select({ course: courses, path: units.path })
		.from(courses)
		.innerJoin(units, eq(units.id, courses.unitId))
		.where(eq(courses.id, courseId));
	if (!found || !scopes.some((scope) => covers(scope, found.path)))
		throw new DomainError('not_found', 'catalogue.no_such_course');
	return found.course;
}

/** The newest version of a course: the open one, or the one published last. */
export async function getNewestVersion(db: Database, courseId: string): Promise<VersionRow> {
	const [found] = await db
		.select()
		.from(courseVersions)
		.where(eq(courseVersions.courseId, courseId))
		.orderBy(desc(courseVersions.number))
		.limit(1);
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_course');
	return found;
}

/**
 * Locks the newest version for the rest of the transaction and lets only a version pass that may be written to. Every
 * change of content begins here, so publishing and editing cannot overlap.
 * @throws {DomainError} `conflict` `catalogue.published` or `catalogue.in_review`
 */
export async function lockForEdit(tx: Database, courseId: string): Promise<VersionRow> {
	const newest = await lockNewest(tx, courseId);
	if (newest.status === 'published') throw new DomainError('conflict', 'catalogue.published');
	if (newest.status === 'in_review') throw new DomainError('conflict', 'catalogue.in_review');
	return newest;
}

/** Locks the newest version whatever its status. */
export async function lockNewest(tx: Database, courseId: string): Promise<VersionRow> {
	const { id } = await getNewestVersion(tx, courseId);
	const [locked] = await tx.select().from(courseVersions).where(eq(courseVersions.id, id)).for('update');
	if (!locked) throw new DomainError('not_found', 'catalogue.no_such_course');
	return locked;
}

/** A lesson of this very version, looked up through its module. @throws {DomainError} `not_found` */
export async function getLessonRow(tx: Database, versionId: string, lessonVersionId: string): Promise<LessonRow> {
	const [found] = await tx
		.select({ lesson: lessonVersions })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.where(and(eq(modules.courseVersionId, versionId), eq(lessonVersions.id, lessonVersionId)));
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_lesson');
	return found.lesson;
}

/** A module of this very version. @throws {DomainError} `not_found` */
export async function getModuleRow(tx: Database, versionId: string, moduleId: string) {
	const [found] = await tx
		.select()
		.from(modules)
		.where(and(eq(modules.courseVersionId, versionId), eq(modules.id, moduleId)));
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_module');
	return found;
}

/** The account behind a context, for `created_by` columns; null for the system. */
export function accountOf(ctx: Context): string | null {
	return ctx.actor.kind === 'account' ? ctx.actor.accountId : null;
}
