/** Which upload a request is about: one revision of one thing of some kind takes one file. */
export type UploadTarget = Readonly<{
	/** Name of an {@link UploadKind}. */
	kind: string;
	id: string;
	revision: number;
}>;

const ID = /^(?<kind>[a-z]+)-(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?<revision>[1-9]\d{0,5})$/;

/** The upload's name in its address: `/uploads/<kind>-<id>.<revision>`. */
export function uploadId({ kind, id, revision }: UploadTarget): string {
	return `${kind}-${id}.${revision}`;
}

/** Reads the last part of an address; undefined for anything we did not make. */
export function parseUploadId(text: string): UploadTarget | undefined {
	const groups = ID.exec(text)?.groups;
	if (!groups) return undefined;
	return { kind: groups.kind ?? '', id: groups.id ?? '', revision: Number(groups.revision) };
}
