import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { captions, documents, lectureRevisions, lectures } from './tables.ts';

export type Lecture = typeof lectures.$inferSelect;
export type LectureRevision = typeof lectureRevisions.$inferSelect;
export type DocumentRow = typeof documents.$inferSelect;
export type CaptionRow = typeof captions.$inferSelect;

/** The revision learners see: the newest that can be played. Undefined until the first one is ready. */
export async function getReadyRevision(db: Database, lectureId: string): Promise<LectureRevision | undefined> {
	const [found] = await listReadyRevisions(db, [lectureId]);
	return found;
}

/** As {@link getReadyRevision} for many lectures at once; those that are not ready are left out. */
export async function listReadyRevisions(db: Database, lectureIds: readonly string[]): Promise<LectureRevision[]> {
	if (lectureIds.length === 0) return [];
	const rows = await db
		.select({ revision: lectureRevisions })
		.from(lectures)
		.innerJoin(
			lectureRevisions,
			and(eq(lectureRevisions.lectureId, lectures.id), eq(lectureRevisions.revision, lectures.readyRevision))
		)
		.where(inArray(lectures.id, [...lectureIds]));
	return rows.map((row) => row.revision);
}

/** One revision of a lecture by number, whatever its state. */
export async function findRevision(
	db: Database,
	lectureId: string,
	revision: number
): Promise<LectureRevision | undefined> {
	const [found] = await db
		.select()
		.from(lectureRevisions)
		.where(and(eq(lectureRevisions.lectureId, lectureId), eq(lectureRevisions.revision, revision)));
	return found;
}

/** The revision that was begun last: what the trainer's page tells the state of. */
export async function findNewestRevision(db: Database, lectureId: string): Promise<LectureRevision | undefined> {
	const [found] = await listNewestRevisions(db, [lectureId]);
	return found;
}

/** As {@link findNewestRevision} for many lectures at once. */
export function listNewestRevisions(db: Database, lectureIds: readonly string[]): Promise<LectureRevision[]> {
	if (lectureIds.length === 0) return Promise.resolve([]);
	return db
		.selectDistinctOn([lectureRevisions.lectureId])
		.from(lectureRevisions)
		.where(inArray(lectureRevisions.lectureId, [...lectureIds]))
		.orderBy(lectureRevisions.lectureId, desc(lectureRevisions.revision));
}

/** Captions of a lecture, Vietnamese first. */
export function listCaptions(db: Database, lectureId: string): Promise<CaptionRow[]> {
	return db
		.select()
		.from(captions)
		.where(eq(captions.lectureId, lectureId))
		.orderBy(sql`${captions.language} <> 'vi'`, asc(captions.language));
}

export async function findDocument(db: Database, documentId: string): Promise<DocumentRow | undefined> {
	const [found] = await db.select().from(documents).where(eq(documents.id, documentId));
	return found;
}
