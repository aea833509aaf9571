import { and, eq, sql } from 'drizzle-orm';
import type { CourseInput, NewCourseInput } from '#lib/catalogue/input.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { listCategories } from '../organisation/reference-data.ts';
import { getUnit, listUnits } from '../organisation/queries.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { accountOf, getCourse, lockForEdit } from './access.ts';
import { courses, courseVersions } from './tables.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * A new course of a unit with an empty first version.
 * @throws {DomainError} `not_found` for a unit outside the actor's; `conflict` `catalogue.code_taken`
 */
export async function createCourse(
	ctx: Context,
	{ unitId, code, ...facts }: NewCourseInput
): Promise<{ courseId: string; courseVersionId: string }> {
	const unit = await getUnit(ctx.db, authorise(ctx.actor, 'course:author'), unitId);
	try {
		return await ctx.db.transaction(async (tx) => {
			const [course] = await tx
				.insert(courses)
				.values({ code, unitId, createdBy: accountOf(ctx) })
				.returning({ id: courses.id });
			const courseId = course!.id;
			const [version] = await tx
				.insert(courseVersions)
				.values({ courseId, number: 1, status: 'draft', ...facts })
				.returning({ id: courseVersions.id });
			await recordAudit(ctx, tx, 'course.created', { objectId: courseId, unitId: unit.id, code });
			return { courseId, courseVersionId: version!.id };
		});
	} catch (error) {
		if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('conflict', 'catalogue.code_taken', { code });
		throw error;
	}
}

/**
 * Changes the facts of the open version.
 * @throws {DomainError} `conflict` `form.stale` when somebody else saved since the form was loaded
 */
export async function updateCourse(ctx: Context, courseId: string, input: CourseInput): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:author');
	const { lockVersion, ...facts } = input;
	await ctx.db.transaction(async (tx) => {
		const version = await lockForEdit(tx, courseId);
		if (version.lockVersion !== lockVersion) throw new DomainError('conflict', 'form.stale');
		await tx
			.update(courseVersions)
			.set({ ...facts, lockVersion: lockVersion + 1 })
			.where(eq(courseVersions.id, version.id));
		await recordAudit(ctx, tx, 'course.changed', {
			objectId: courseId,
			unitId: course.unitId,
			version: version.number
		});
	});
}

/** What the form of a new course offers: units the actor writes for, groups of people, the next code. */
export async function getCourseChoices(ctx: Context) {
	const scope = authorise(ctx.actor, 'course:author');
	const [units, categories, suggestedCode] = await Promise.all([
		listUnits(ctx.db, scope, { day: today(ctx) }),
		listCategories(ctx.db, today(ctx)),
		suggestCode(ctx.db)
	]);
	return { units: units.map(({ id, name, depth }) => ({ id, name, depth })), categories, suggestedCode };
}

/** `KC01`, `KC02`, … : one more than the largest so far. */
async function suggestCode(db: Database): Promise<string> {
	const [row] = await db
		.select({ largest: sql<number>`coalesce(max(substring(${courses.code} from '^KC(\\d{1,4})$')::integer), 0)` })
		.from(courses);
	return `KC${String((row?.largest ?? 0) + 1).padStart(2, '0')}`;
}

/**
 * Withdraws a course from new classes, or offers it again; running classes go on.
 * @throws {DomainError} `conflict` `catalogue.not_published`
 */
export async function setRetired(ctx: Context, courseId: string, isRetired: boolean): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const [published] = await tx
			.select({ id: courseVersions.id })
			.from(courseVersions)
			.where(and(eq(courseVersions.courseId, courseId), eq(courseVersions.status, 'published')))
			.limit(1);
		if (!published) throw new DomainError('conflict', 'catalogue.not_published');
		await tx
			.update(courses)
			.set({ retiredAt: isRetired ? ctx.now : null })
			.where(eq(courses.id, courseId));
		await recordAudit(ctx, tx, isRetired ? 'course.retired' : 'course.offered_again', {
			objectId: courseId,
			unitId: course.unitId
		});
	});
}
