/** One revision of one lecture. */
export type LectureTarget = Readonly<{ lectureId: string; revision: number }>;

/** Folder of all objects of one revision; what a retry replaces and what is deleted with the revision. */
export function revisionPrefix(lectureId: string, revision: number): string {
	return `lectures/${lectureId}/${revision}/`;
}

/** Where the uploaded file lies, under a name of ours: the user's name is data and stands in the row. */
export function sourceKey(lectureId: string, revision: number): string {
	return `${revisionPrefix(lectureId, revision)}source`;
}

/** The sound of a revision as a file to take away. */
export function soundKey({ lectureId, revision }: LectureTarget): string {
	return `${revisionPrefix(lectureId, revision)}sound.mp3`;
}

/** Folder of what is encoded of a revision and not joined yet. */
export function partsPrefix({ lectureId, revision }: LectureTarget): string {
	return `${revisionPrefix(lectureId, revision)}parts/`;
}

/** Folder of a document and of the PDF made from it. */
export function documentPrefix(documentId: string): string {
	return `documents/${documentId}/`;
}
