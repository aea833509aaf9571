import { asc, eq, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { listUnready } from '../assessment/papers.ts';
import { packagesUnderWay } from '../scorm/queries.ts';
import { accountOf, getCourse, lockForEdit, lockNewest, type VersionRow } from './access.ts';
import { getCourseOutline } from './outline.ts';
import { lessonContents } from './lesson-contents.ts';
import { takePapersIntoUse } from './lesson-papers.ts';
import { courseVersions, lessonAttachments, lessonVersions, modules } from './tables.ts';

/** Something that keeps a version from being sent for approval; `lesson` is the title where it is about one. */
export type Missing = Readonly<{
	code:
		| 'no_module'
		| 'no_lesson'
		| 'empty_module'
		| 'lecture_not_ready'
		| 'no_document'
		| 'no_link'
		| 'package_not_ready'
		| 'quiz_not_ready';
	title?: string;
	lessonId?: string;
}>;

/** What is still missing, in the order of the course; empty when it can be sent. */
export async function listMissing(db: Database, courseVersionId: string): Promise<Missing[]> {
	const outline = await getCourseOutline(db, courseVersionId);
	if (outline.modules.length === 0) return [{ code: 'no_module' }];
	const lessons = outline.modules.flatMap((module) => module.lessons);
	if (lessons.length === 0) return [{ code: 'no_lesson' }];
	const contents = await lessonContents(db, courseVersionId);
	const busy = await packagesUnderWay(
		db,
		lessons.flatMap(({ packageId }) => packageId ?? [])
	);
	const unready = await listUnready(
		db,
		lessons.flatMap(({ paperId }) => paperId ?? [])
	);
	const missing: Missing[] = [];
	for (const module of outline.modules) {
		if (module.lessons.length === 0) missing.push({ code: 'empty_module', title: module.title });
		for (const {
			lessonId,
			lessonVersionId,
			title,
			kind,
			durationS,
			documentId,
			packageId,
			packageRevision,
			paperId
		} of module.lessons) {
			const content = contents.get(lessonVersionId);
			if (kind === 'lecture' && !durationS) missing.push({ code: 'lecture_not_ready', title, lessonId });
			if (kind === 'document' && !documentId && !content?.hasBody)
				missing.push({ code: 'no_document', title, lessonId });
			if (kind === 'scorm' && (!packageRevision || busy.has(packageId)))
				missing.push({ code: 'package_not_ready', title, lessonId });
			if (kind === 'quiz' && (!paperId || unready.has(paperId)))
				missing.push({ code: 'quiz_not_ready', title, lessonId });
			if (kind === 'link' && !content?.url) missing.push({ code: 'no_link', title, lessonId });
		}
	}
	return missing;
}

/**
 * "Gửi duyệt": the version waits for an approver and cannot be changed meanwhile.
 * @throws {DomainError} `conflict` `catalogue.incomplete` while something is missing
 */
export async function submitForReview(ctx: Context, courseId: string): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const version = await lockForEdit(tx, courseId);
		if ((await listMissing(tx, version.id)).length > 0) throw new DomainError('conflict', 'catalogue.incomplete');
		await setStatus(tx, version, {
			status: 'in_review',
			submittedAt: ctx.now,
			submittedBy: accountOf(ctx),
			reviewNote: null
		});
		await recordAudit(ctx, tx, 'course.submitted', {
			objectId: courseId,
			unitId: course.unitId,
			version: version.number
		});
	});
}

/** Takes a version back from review so that it can be changed. */
export async function withdrawFromReview(ctx: Context, courseId: string): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const version = await lockInReview(tx, courseId);
		await setStatus(tx, version, { status: 'draft', submittedAt: null, submittedBy: null });
		await recordAudit(ctx, tx, 'course.withdrawn', {
			objectId: courseId,
			unitId: course.unitId,
			version: version.number
		});
	});
}

/**
 * "Phê duyệt": publishes the version. From now on it never changes.
 * @throws {DomainError} `forbidden` `catalogue.own_course` for whoever wrote or sent it; `conflict` when it is not in review
 */
export async function publishCourse(ctx: Context, courseId: string): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:approve');
	await ctx.db.transaction(async (tx) => {
		const version = await lockInReview(tx, courseId);
		assertNotAuthor(ctx, course.createdBy, version);
		if ((await listMissing(tx, version.id)).length > 0) throw new DomainError('conflict', 'catalogue.incomplete');
		await pinPackages(tx, version);
		await takePapersIntoUse(ctx, tx, version.id);
		await setStatus(tx, version, {
			status: 'published',
			reviewedAt: ctx.now,
			reviewedBy: accountOf(ctx),
			publishedAt: ctx.now
		});
		await recordAudit(ctx, tx, 'course.published', {
			objectId: courseId,
			unitId: course.unitId,
			version: version.number
		});
	});
}

/** "Trả lại" with a reason, which the author reads above the editor. */
export async function returnCourse(ctx: Context, courseId: string, note: string): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:approve');
	await ctx.db.transaction(async (tx) => {
		const version = await lockInReview(tx, courseId);
		assertNotAuthor(ctx, course.createdBy, version);
		await setStatus(tx, version, {
			status: 'returned',
			reviewedAt: ctx.now,
			reviewedBy: accountOf(ctx),
			reviewNote: note
		});
		await recordAudit(ctx, tx, 'course.returned', {
			objectId: courseId,
			unitId: course.unitId,
			version: version.number
		});
	});
}

/**
 * A draft that begins as a copy of the published version. Lessons keep their ids, so progress carries over.
 * @throws {DomainError} `conflict` `catalogue.open_version` when there is a draft already
 */
export async function startNewVersion(ctx: Context, courseId: string): Promise<void> {
	const course = await getCourse(ctx, courseId, 'course:author');
	await ctx.db.transaction(async (tx) => {
		const published = await lockNewest(tx, courseId);
		if (published.status !== 'published') throw new DomainError('conflict', 'catalogue.open_version');
		const number = published.number + 1;
		await copyVersion(tx, published, number);
		await recordAudit(ctx, tx, 'course.version_begun', { objectId: courseId, unitId: course.unitId, version: number });
	});
}

async function copyVersion(tx: Database, source: VersionRow, number: number): Promise<void> {
	const { courseId, title, summary, teachingPeriods, audience, topics, coverageThreshold, isSequential } = source;
	const [copy] = await tx
		.insert(courseVersions)
		.values({
			...{ courseId, number, title, summary, teachingPeriods, audience, topics, coverageThreshold, isSequential },
			status: 'draft'
		})
		.returning({ id: courseVersions.id });
	const parts = await tx
		.select()
		.from(modules)
		.where(eq(modules.courseVersionId, source.id))
		.orderBy(asc(modules.position));
	for (const { position, title: name, id } of parts) {
		const [part] = await tx
			.insert(modules)
			.values({ courseVersionId: copy!.id, position, title: name })
			.returning({ id: modules.id });
		await copyLessons(tx, id, part!.id);
	}
}

async function copyLessons(tx: Database, fromModuleId: string, toModuleId: string): Promise<void> {
	const rows = await tx.select().from(lessonVersions).where(eq(lessonVersions.moduleId, fromModuleId));
	for (const { id, lockVersion: _lockVersion, ...lesson } of rows) {
		const [copy] = await tx
			.insert(lessonVersions)
			.values({ ...lesson, packageRevision: null, adoptedRevision: null, moduleId: toModuleId })
			.returning({ id: lessonVersions.id });
		const files = await tx.select().from(lessonAttachments).where(eq(lessonAttachments.lessonVersionId, id));
		if (files.length > 0)
			await tx.insert(lessonAttachments).values(files.map((file) => ({ ...file, lessonVersionId: copy!.id })));
	}
}

/** What is published never changes: a later file of a package is for later versions. */
async function pinPackages(tx: Database, { id }: VersionRow): Promise<void> {
	await tx.execute(sql`
		update lesson_version lesson set package_revision = package.ready_revision
		from scorm_package package, module
		where package.id = lesson.package_id and module.id = lesson.module_id and module.course_version_id = ${id}`);
}

async function lockInReview(tx: Database, courseId: string): Promise<VersionRow> {
	const version = await lockNewest(tx, courseId);
	if (version.status !== 'in_review') throw new DomainError('conflict', 'catalogue.not_in_review');
	return version;
}

/** Whoever wrote a course does not approve it: four eyes (quy trình thẩm định nội dung). */
function assertNotAuthor(ctx: Context, createdBy: string | null, version: VersionRow): void {
	const account = accountOf(ctx);
	if (account && (account === createdBy || account === version.submittedBy))
		throw new DomainError('forbidden', 'catalogue.own_course');
}

async function setStatus(
	tx: Database,
	{ id, lockVersion }: VersionRow,
	change: Partial<typeof courseVersions.$inferInsert>
): Promise<void> {
	await tx
		.update(courseVersions)
		.set({ ...change, lockVersion: lockVersion + 1 })
		.where(eq(courseVersions.id, id));
}
