/** Which upload a request is about: one revision of one lecture takes one file. */
export type UploadTarget = Readonly<{ lectureId: string; revision: number }>;

const ID = /^(?<lectureId>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?<revision>[1-9]\d{0,5})$/;

/** The upload's name in its address: `/uploads/<lecture>.<revision>`. */
export function uploadId({ lectureId, revision }: UploadTarget): string {
	return `${lectureId}.${revision}`;
}

/** Reads the last part of an address; undefined for anything we did not make. */
export function parseUploadId(id: string): UploadTarget | undefined {
	const groups = ID.exec(id)?.groups;
	if (!groups) return undefined;
	return { lectureId: groups.lectureId ?? '', revision: Number(groups.revision) };
}
