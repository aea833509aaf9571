import { and, eq, isNotNull } from 'drizzle-orm';
import { changePaper, copyPaper, takePaperIntoUse, type PaperChange } from '../assessment/papers.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { changing, type Where } from './lessons.ts';
import { courseVersions, lessonVersions, modules } from './tables.ts';

/**
 * Changes the paper of a quiz lesson. A paper that a published version shows is left alone: the lesson gets a copy of its
 * own, so that what was approved never changes.
 * @throws {DomainError} as `changePaper`; `conflict` `catalogue.not_a_quiz`
 */
export function changeLessonPaper(ctx: Context, where: Where, lockVersion: number, change: PaperChange): Promise<void> {
	return changing(ctx, where, 'course.lesson_changed', async (tx, { id, paperId }) => {
		if (!paperId) throw new DomainError('conflict', 'catalogue.not_a_quiz');
		const isShown = await isPublishedPaper(tx, paperId);
		const own = isShown ? await copyPaper(ctx, tx, paperId) : paperId;
		if (isShown) await tx.update(lessonVersions).set({ paperId: own }).where(eq(lessonVersions.id, id));
		await changePaper(ctx, tx, own, lockVersion, change);
	});
}

async function isPublishedPaper(tx: Database, paperId: string): Promise<boolean> {
	const [found] = await tx
		.select({ id: lessonVersions.id })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.innerJoin(courseVersions, eq(courseVersions.id, modules.courseVersionId))
		.where(and(eq(lessonVersions.paperId, paperId), eq(courseVersions.status, 'published')))
		.limit(1);
	return found !== undefined;
}

/** The paper of a lesson in this version; undefined for lessons of other kinds. */
export async function findLessonPaper(
	db: Database,
	courseVersionId: string,
	lessonId: string
): Promise<string | undefined> {
	const [found] = await db
		.select({ paperId: lessonVersions.paperId })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.where(and(eq(modules.courseVersionId, courseVersionId), eq(lessonVersions.lessonId, lessonId)));
	return found?.paperId ?? undefined;
}

/** A version is published: its papers go into use, with the questions they hold. */
export async function takePapersIntoUse(ctx: Context, tx: Database, courseVersionId: string): Promise<void> {
	const rows = await tx
		.select({ paperId: lessonVersions.paperId })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.where(and(eq(modules.courseVersionId, courseVersionId), isNotNull(lessonVersions.paperId)));
	for (const { paperId } of rows) await takePaperIntoUse(ctx, tx, paperId!);
}
