/** What a browser remembers of an upload it began, so that choosing the same file again goes on. */
export type UnfinishedUpload = Readonly<{ name: string; sizeBytes: number; modifiedMs: number; percent: number }>;

const keyOf = (uploadId: string) => `upload:${uploadId}`;

/** The upload this browser began under this id (`<kind>-<id>.<revision>`); undefined where there is none. */
export function readUnfinished(uploadId: string): UnfinishedUpload | undefined {
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(keyOf(uploadId)) ?? 'null');
		return isUnfinished(stored) ? stored : undefined;
	} catch {
		return undefined; // storage is blocked or holds something else
	}
}

export function keepUnfinished(uploadId: string, file: File, percent: number): void {
	const upload: UnfinishedUpload = { ...describe(file), percent };
	try {
		localStorage.setItem(keyOf(uploadId), JSON.stringify(upload));
	} catch {
		// without storage the upload still goes on within this page
	}
}

export function forgetUnfinished(uploadId: string): void {
	try {
		localStorage.removeItem(keyOf(uploadId));
	} catch {
		// nothing was kept
	}
}

/** True when this is the very file whose upload is unfinished, as far as a browser lets us know. */
export function isSameFile(unfinished: UnfinishedUpload, file: File): boolean {
	const { name, sizeBytes, modifiedMs } = describe(file);
	return unfinished.name === name && unfinished.sizeBytes === sizeBytes && unfinished.modifiedMs === modifiedMs;
}

const describe = (file: File) => ({ name: file.name, sizeBytes: file.size, modifiedMs: file.lastModified });

function isUnfinished(value: unknown): value is UnfinishedUpload {
	if (typeof value !== 'object' || value === null) return false;
	const { name, sizeBytes, modifiedMs, percent } = value as Record<string, unknown>;
	return typeof name === 'string' && [sizeBytes, modifiedMs, percent].every((each) => typeof each === 'number');
}
