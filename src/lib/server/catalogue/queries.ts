import { and, asc, eq } from 'drizzle-orm';
import { DomainError } from '../platform/errors.ts';
import type { Database } from '../platform/database.ts';
import { findDocument, type DocumentRow } from '../lectures/queries.ts';
import { documents } from '../lectures/tables.ts';
import { lessonAttachments, lessonVersions, modules } from './tables.ts';

export { getCourseOutline, getCourseVersion } from './outline.ts';

/** A lesson with all that a page shows of it. */
export type Lesson = Readonly<
	Omit<typeof lessonVersions.$inferSelect, 'id'> & {
		lessonVersionId: string;
		moduleTitle: string;
		courseVersionId: string;
		/** Of a document lesson. */
		document: DocumentRow | undefined;
		attachments: readonly DocumentRow[];
	}
>;

/**
 * A lesson as one version has it. Says nothing about rights.
 * @throws {DomainError} `not_found` also when the lesson belongs to another version
 */
export async function getLesson(db: Database, courseVersionId: string, lessonId: string): Promise<Lesson> {
	const [found] = await db
		.select({ lesson: lessonVersions, moduleTitle: modules.title })
		.from(lessonVersions)
		.innerJoin(modules, eq(modules.id, lessonVersions.moduleId))
		.where(and(eq(modules.courseVersionId, courseVersionId), eq(lessonVersions.lessonId, lessonId)));
	if (!found) throw new DomainError('not_found', 'catalogue.no_such_lesson');
	const { id, ...lesson } = found.lesson;
	return {
		...lesson,
		lessonVersionId: id,
		courseVersionId,
		moduleTitle: found.moduleTitle,
		document: lesson.documentId ? await findDocument(db, lesson.documentId) : undefined,
		attachments: await listAttachments(db, id)
	};
}

/** Files beside a lesson, in order. */
async function listAttachments(db: Database, lessonVersionId: string): Promise<DocumentRow[]> {
	const rows = await db
		.select({ document: documents })
		.from(lessonAttachments)
		.innerJoin(documents, eq(documents.id, lessonAttachments.documentId))
		.where(eq(lessonAttachments.lessonVersionId, lessonVersionId))
		.orderBy(asc(lessonAttachments.position));
	return rows.map(({ document }) => document);
}
