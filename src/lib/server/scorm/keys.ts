/** One revision of one package. */
export type PackageTarget = Readonly<{ packageId: string; revision: number }>;

/** Folder of all objects of one revision; what a retry replaces and what is deleted with the revision. */
export function revisionPrefix({ packageId, revision }: PackageTarget): string {
	return `scorm/${packageId}/${revision}/`;
}

/** Where the uploaded zip lies. */
export function sourceKey(target: PackageTarget): string {
	return `${revisionPrefix(target)}source.zip`;
}

/** Where a file of the package lies, by its number: names in packages are others' and no keys of ours. */
export function fileKey(target: PackageTarget, number: number): string {
	return `${revisionPrefix(target)}f/${number}.bin`;
}
