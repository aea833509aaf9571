import { and, eq, sql } from 'drizzle-orm';
import type { LessonInput } from '#lib/catalogue/input.ts';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import { recordAudit } from '../audit/record.ts';
import { addDocument } from '../lectures/documents.ts';
import type { DocumentRow } from '../lectures/queries.ts';
import { addLecture, beginUpload } from '../lectures/service.ts';
import type { LectureTarget } from '../lectures/keys.ts';
import { within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { toSafeHtml } from '../platform/safe-html.ts';
import type { ScormSettings } from '#lib/scorm/settings.ts';
import { addPackage, beginUpload as beginImport } from '../scorm/import.ts';
import type { PackageTarget } from '../scorm/keys.ts';
import { getCourse, getLessonRow, lockForEdit, type Course, type LessonRow } from './access.ts';
import { courseVersions, lessonAttachments, lessonVersions, modules } from './tables.ts';

/** Files beside one lesson. */
const MOST_ATTACHMENTS = 20;

/** Runs a change of one lesson of the open version: authorised, locked, audited. */
export async function changing<T>(
	ctx: Context,
	where: { courseId: string; lessonVersionId: string },
	action: AuditAction,
	change: (tx: Database, lesson: LessonRow, course: Course) => Promise<T>
): Promise<T> {
	const course = await getCourse(ctx, where.courseId, 'course:author');
	return ctx.db.transaction(async (tx) => {
		const version = await lockForEdit(tx, where.courseId);
		const lesson = await getLessonRow(tx, version.id, where.lessonVersionId);
		const result = await change(tx, lesson, course);
		const { lessonId } = lesson;
		await recordAudit(ctx, tx, action, { objectId: course.id, unitId: course.unitId, lessonId });
		return result;
	});
}

export type Where = Readonly<{ courseId: string; lessonVersionId: string }>;

/**
 * Saves what the lesson's form holds.
 * @throws {DomainError} `conflict` `form.stale` when somebody else saved since the form was loaded
 */
export function updateLesson(ctx: Context, where: Where, { body, lockVersion, ...facts }: LessonInput): Promise<void> {
	return changing(ctx, where, 'course.lesson_changed', async (tx, lesson) => {
		if (lesson.lockVersion !== lockVersion) throw new DomainError('conflict', 'form.stale');
		await tx
			.update(lessonVersions)
			.set({ ...facts, bodyHtml: toSafeHtml(body), lockVersion: lockVersion + 1 })
			.where(eq(lessonVersions.id, lesson.id));
	});
}

/**
 * Makes ready for a file of a lecture lesson. A lecture that a published version shows is left alone: the lesson gets one
 * of its own, so that what was approved never changes.
 */
export function beginLessonUpload(ctx: Context, where: Where): Promise<LectureTarget> {
	return changing(ctx, where, 'course.lesson_changed', async (tx, lesson, course) => {
		if (lesson.kind !== 'lecture') throw new DomainError('conflict', 'catalogue.not_a_lecture');
		const isFree = lesson.lectureId && !(await isPublishedLecture(tx, lesson.lectureId));
		const lectureId = isFree ? lesson.lectureId! : await attachNewLecture(ctx, tx, lesson, course);
		return beginUpload(within(ctx, tx), lectureId);
	});
}

/** Makes ready for the file of a SCORM lesson: another revision of the lesson's own package. */
export function beginPackageUpload(ctx: Context, where: Where): Promise<PackageTarget> {
	return changing(ctx, where, 'course.lesson_changed', async (tx, lesson, course) => {
		if (lesson.kind !== 'scorm') throw new DomainError('conflict', 'catalogue.not_a_package');
		const packageId = lesson.packageId ?? (await attachNewPackage(ctx, tx, lesson, course));
		return beginImport(within(ctx, tx), packageId);
	});
}

async function attachNewPackage(ctx: Context, tx: Database, lesson: LessonRow, course: Course): Promise<string> {
	const packageId = await addPackage(ctx, tx, { unitId: course.unitId, title: lesson.title });
	await tx.update(lessonVersions).set({ packageId }).where(eq(lessonVersions.id, lesson.id));
	return packageId;
}

/** How attempts at the lesson's package are counted and graded. */
export function updateScormSettings(ctx: Context, where: Where, settings: ScormSettings): Promise<void> {
	return changing(ctx, where, 'course.lesson_changed', async (tx, lesson) => {
		if (lesson.kind !== 'scorm') throw new DomainError('conflict', 'catalogue.not_a_package');
		await tx.update(lessonVersions).set({ scormSettings: settings }).where(eq(lessonVersions.id, lesson.id));
	});
}

async function attachNewLecture(ctx: Context, tx: Database, lesson: LessonRow, course: Course): Promise<string> {
	const lectureId = await addLecture(ctx, tx, { unitId: course.unitId, title: lesson.title });
	await tx.update(lessonVersions).set({ lectureId }).where(eq(lessonVersions.id, lesson.id));
	return lectureId;
}

async function isPublishedLecture(tx: Database, lectureId: string): Promise<boolean> {
	const [found] = await tx
		.select({ id: lessonVersions.id })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.innerJoin(courseVersions, eq(courseVersions.id, modules.courseVersionId))
		.where(and(eq(lessonVersions.lectureId, lectureId), eq(courseVersions.status, 'published')))
		.limit(1);
	return found !== undefined;
}

/**
 * Keeps a file and shows it in the lesson: as its document, or beside it.
 * @throws {DomainError} as addDocument; `conflict` `catalogue.too_many_parts`
 */
export async function addLessonFile(
	ctx: Context,
	where: Where,
	{ file, as }: { file: File; as: 'document' | 'attachment' }
): Promise<DocumentRow> {
	const course = await getCourse(ctx, where.courseId, 'course:author');
	await assertEditable(ctx, where); // before the file is stored, so that a refusal leaves nothing behind
	const document = await addDocument(ctx, course.unitId, file);
	await changing(ctx, where, 'course.file_added', async (tx, lesson) => {
		if (as === 'document')
			await tx.update(lessonVersions).set({ documentId: document.id }).where(eq(lessonVersions.id, lesson.id));
		else await attach(tx, lesson.id, document.id);
	});
	return document;
}

async function assertEditable(ctx: Context, { courseId, lessonVersionId }: Where): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const version = await lockForEdit(tx, courseId);
		await getLessonRow(tx, version.id, lessonVersionId);
	});
}

async function attach(tx: Database, lessonVersionId: string, documentId: string): Promise<void> {
	const [{ count } = { count: 0 }] = await tx
		.select({ count: sql<number>`count(*)::integer` })
		.from(lessonAttachments)
		.where(eq(lessonAttachments.lessonVersionId, lessonVersionId));
	if (count >= MOST_ATTACHMENTS) throw new DomainError('conflict', 'catalogue.too_many_parts');
	await tx.insert(lessonAttachments).values({ lessonVersionId, documentId, position: count + 1 });
}

/** Takes a file off the lesson; its object stays, since another version may show it. */
export function removeLessonFile(ctx: Context, where: Where, documentId: string): Promise<void> {
	return changing(ctx, where, 'course.file_removed', async (tx, lesson) => {
		const isHere = and(eq(lessonAttachments.lessonVersionId, lesson.id), eq(lessonAttachments.documentId, documentId));
		await tx.delete(lessonAttachments).where(isHere);
		await tx
			.update(lessonVersions)
			.set({ documentId: null })
			.where(and(eq(lessonVersions.id, lesson.id), eq(lessonVersions.documentId, documentId)));
	});
}
