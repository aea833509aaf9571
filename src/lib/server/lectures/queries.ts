import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Chapter } from '#lib/lectures/chapters.ts';
import type { Cue } from '#lib/lectures/cues.ts';
import type { Database } from '../platform/database.ts';
import { captionCues, captions, documents, lectureRevisions, lectures } from './tables.ts';

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

/** Languages in which learners see captions, Vietnamese first. */
export async function listShownLanguages(db: Database, lectureId: string): Promise<string[]> {
	const found = await db
		.select({ language: captions.language })
		.from(captions)
		.where(and(eq(captions.lectureId, lectureId), eq(captions.state, 'published')))
		.orderBy(sql`${captions.language} <> 'vi'`, asc(captions.language));
	return found.map(({ language }) => language);
}

/** The lines of one language in order of time, published or not. */
export function listCues(db: Database, lectureId: string, language: string): Promise<Cue[]> {
	return db
		.select({ startMs: captionCues.startMs, endMs: captionCues.endMs, text: captionCues.text })
		.from(captionCues)
		.where(and(eq(captionCues.lectureId, lectureId), eq(captionCues.language, language)))
		.orderBy(captionCues.position);
}

/** @returns none for a lecture that is not there */
export async function listChapters(db: Database, lectureId: string): Promise<Chapter[]> {
	const [found] = await db.select({ chapters: lectures.chapters }).from(lectures).where(eq(lectures.id, lectureId));
	return found?.chapters ?? [];
}

export async function findDocument(db: Database, documentId: string): Promise<DocumentRow | undefined> {
	const [found] = await db.select().from(documents).where(eq(documents.id, documentId));
	return found;
}
