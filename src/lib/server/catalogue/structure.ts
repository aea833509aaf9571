import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { CourseOrder, NewLessonInput } from '#lib/catalogue/input.ts';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { addPaper } from '../assessment/papers.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { getCourse, getLessonRow, getModuleRow, lockForEdit, type Course, type VersionRow } from './access.ts';
import { lessons, lessonVersions, modules } from './tables.ts';

/** A course with more parts is a mistake or an attack. */
const MOST_MODULES = 100;
const MOST_LESSONS = 500;

/** Runs a change of the open version's structure: authorised, locked, audited. */
async function changing<T>(
	ctx: Context,
	courseId: string,
	action: AuditAction,
	change: (tx: Database, version: VersionRow, course: Course) => Promise<T>
): Promise<T> {
	const course = await getCourse(ctx, courseId, 'course:author');
	return ctx.db.transaction(async (tx) => {
		const version = await lockForEdit(tx, courseId);
		const result = await change(tx, version, course);
		await recordAudit(ctx, tx, action, { objectId: courseId, unitId: course.unitId, version: version.number });
		return result;
	});
}

/** Adds an empty module at the end. */
export function addModule(ctx: Context, courseId: string, title: string): Promise<{ moduleId: string }> {
	return changing(ctx, courseId, 'course.module_added', async (tx, version) => {
		const present = await moduleIds(tx, version.id);
		if (present.length >= MOST_MODULES) throw new DomainError('conflict', 'catalogue.too_many_parts');
		const [added] = await tx
			.insert(modules)
			.values({ courseVersionId: version.id, position: present.length + 1, title })
			.returning({ id: modules.id });
		return { moduleId: added!.id };
	});
}

export function renameModule(ctx: Context, courseId: string, moduleId: string, title: string): Promise<void> {
	return changing(ctx, courseId, 'course.module_renamed', async (tx, version) => {
		await getModuleRow(tx, version.id, moduleId);
		await tx.update(modules).set({ title }).where(eq(modules.id, moduleId));
	});
}

/** Removes a module with its lessons. Files and lectures stay: another version may show them. */
export function deleteModule(ctx: Context, courseId: string, moduleId: string): Promise<void> {
	return changing(ctx, courseId, 'course.module_deleted', async (tx, version) => {
		await getModuleRow(tx, version.id, moduleId);
		await tx.delete(modules).where(eq(modules.id, moduleId));
	});
}

/** Adds an empty lesson at the end of a module. */
export function addLesson(
	ctx: Context,
	courseId: string,
	{ moduleId, title, kind }: NewLessonInput
): Promise<{ lessonId: string; lessonVersionId: string }> {
	return changing(ctx, courseId, 'course.lesson_added', async (tx, version, course) => {
		await getModuleRow(tx, version.id, moduleId);
		if ((await lessonIds(tx, version.id)).length >= MOST_LESSONS)
			throw new DomainError('conflict', 'catalogue.too_many_parts');
		const [lesson] = await tx.insert(lessons).values({ courseId }).returning({ id: lessons.id });
		const [added] = await tx
			.insert(lessonVersions)
			.values({
				lessonId: lesson!.id,
				moduleId,
				title,
				kind,
				paperId: kind === 'quiz' ? await addPaper(ctx, tx, { unitId: course.unitId, title }) : null,
				position: sql`(select coalesce(max(position), 0) + 1 from lesson_version where module_id = ${moduleId})`
			})
			.returning({ id: lessonVersions.id });
		return { lessonId: lesson!.id, lessonVersionId: added!.id };
	});
}

/** Removes a lesson from the open version; earlier versions keep it. */
export function deleteLesson(ctx: Context, courseId: string, lessonVersionId: string): Promise<void> {
	return changing(ctx, courseId, 'course.lesson_deleted', async (tx, version) => {
		await getLessonRow(tx, version.id, lessonVersionId);
		await tx.delete(lessonVersions).where(eq(lessonVersions.id, lessonVersionId));
	});
}

type Direction = 'up' | 'down';

/** Swaps a module with its neighbour; at the end of the list nothing happens. */
export function moveModule(ctx: Context, courseId: string, moduleId: string, direction: Direction): Promise<void> {
	return changing(ctx, courseId, 'course.reordered', async (tx, version) => {
		await getModuleRow(tx, version.id, moduleId);
		const order = swapped(await moduleIds(tx, version.id), moduleId, direction);
		for (const [i, id] of order.entries())
			await tx
				.update(modules)
				.set({ position: i + 1 })
				.where(eq(modules.id, id));
	});
}

/** Moves a lesson one place; beyond the first or last of its module it goes over into the neighbouring one. */
export function moveLesson(
	ctx: Context,
	courseId: string,
	lessonVersionId: string,
	direction: Direction
): Promise<void> {
	return changing(ctx, courseId, 'course.reordered', async (tx, version) => {
		await getLessonRow(tx, version.id, lessonVersionId);
		const order = await readOrder(tx, version.id);
		const at = order.findIndex(({ lessons: list }) => list.includes(lessonVersionId));
		const own = order[at]!;
		const neighbour = order[direction === 'up' ? at - 1 : at + 1];
		const isAtEdge = (direction === 'up' ? own.lessons[0] : own.lessons.at(-1)) === lessonVersionId;
		if (!isAtEdge) own.lessons = swapped(own.lessons, lessonVersionId, direction);
		else if (neighbour) {
			own.lessons = own.lessons.filter((id) => id !== lessonVersionId);
			if (direction === 'up') neighbour.lessons.push(lessonVersionId);
			else neighbour.lessons.unshift(lessonVersionId);
		}
		await writeOrder(tx, order);
	});
}

/**
 * Sets the whole order at once, as dragging left it.
 * @throws {DomainError} `conflict` `form.stale` when the list has not exactly the present parts: somebody changed them
 */
export function orderCourse(ctx: Context, courseId: string, order: CourseOrder): Promise<void> {
	return changing(ctx, courseId, 'course.reordered', async (tx, version) => {
		const present = await readOrder(tx, version.id);
		const sameModules = isSameSet(
			present.map(({ id }) => id),
			order.map(({ id }) => id)
		);
		const sameLessons = isSameSet(
			present.flatMap(({ lessons: list }) => list),
			order.flatMap(({ lessons: list }) => list)
		);
		if (!sameModules || !sameLessons) throw new DomainError('conflict', 'form.stale');
		await writeOrder(tx, order);
	});
}

type Order = { id: string; lessons: string[] }[];

async function readOrder(tx: Database, versionId: string): Promise<Order> {
	const ids = await moduleIds(tx, versionId);
	const rows = await tx
		.select({ id: lessonVersions.id, moduleId: lessonVersions.moduleId })
		.from(lessonVersions)
		.where(inArray(lessonVersions.moduleId, ids.length > 0 ? ids : [versionId]))
		.orderBy(asc(lessonVersions.position), asc(lessonVersions.id));
	return ids.map((id) => ({ id, lessons: rows.filter((row) => row.moduleId === id).map((row) => row.id) }));
}

async function writeOrder(tx: Database, order: CourseOrder): Promise<void> {
	for (const [i, module] of order.entries()) {
		await tx
			.update(modules)
			.set({ position: i + 1 })
			.where(eq(modules.id, module.id));
		for (const [j, id] of module.lessons.entries())
			await tx
				.update(lessonVersions)
				.set({ moduleId: module.id, position: j + 1 })
				.where(eq(lessonVersions.id, id));
	}
}

async function moduleIds(tx: Database, versionId: string): Promise<string[]> {
	const rows = await tx
		.select({ id: modules.id })
		.from(modules)
		.where(eq(modules.courseVersionId, versionId))
		.orderBy(asc(modules.position), asc(modules.id));
	return rows.map(({ id }) => id);
}

async function lessonIds(tx: Database, versionId: string): Promise<string[]> {
	const order = await readOrder(tx, versionId);
	return order.flatMap(({ lessons: list }) => list);
}

function swapped(list: readonly string[], id: string, direction: Direction): string[] {
	const from = list.indexOf(id);
	const to = direction === 'up' ? from - 1 : from + 1;
	if (from < 0 || to < 0 || to >= list.length) return [...list];
	const next = [...list];
	[next[from], next[to]] = [next[to]!, next[from]!];
	return next;
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && new Set([...a, ...b]).size === a.length;
}
