import { buffer } from 'node:stream/consumers';
import type { Manifest, Remark } from '#lib/scorm/manifest.ts';
import { DomainError } from '../../platform/errors.ts';
import type { Archive, ArchiveEntry } from './archive.ts';
import { pathFinder } from './launch-address.ts';
import { readManifest } from './manifest.ts';

/** A manifest is text; the largest one seen has a hundredth of this. */
const MANIFEST_MAX_BYTES = 16 * 1024 ** 2;
const MANIFEST = 'imsmanifest.xml';

/** A package that was read and checked, with the files that would be stored under their paths within it. */
export type ReadPackage = Readonly<{
	manifest: Manifest;
	remarks: readonly Remark[];
	files: ReadonlyMap<string, ArchiveEntry>;
	/** Paths that the resource of each item lists. */
	ownFiles: ReadonlyMap<string, readonly string[]>;
}>;

/**
 * Finds the manifest and reads it.
 * @throws {DomainError} `invalid`: as readManifest, or `scorm.is_cmi5` and the like for packages of another kind
 */
export async function readPackage(archive: Archive): Promise<ReadPackage> {
	const remarks = [...archive.remarks];
	const { folder, entry } = findManifest(archive.entries, remarks);
	const files = new Map<string, ArchiveEntry>();
	for (const [path, each] of archive.entries) {
		if (path.startsWith(folder)) files.set(path.slice(folder.length), each);
	}
	if (entry.sizeBytes > MANIFEST_MAX_BYTES) throw new DomainError('invalid', 'scorm.manifest_too_large');
	const bytes = await buffer(await archive.read(entry)).catch(() => {
		throw new DomainError('invalid', 'scorm.zip_damaged');
	});
	const read = readManifest(bytes, pathFinder(files.keys()));
	return { manifest: read.manifest, remarks: [...remarks, ...read.remarks], files, ownFiles: read.ownFiles };
}

/** In the root, whatever its case; else in the one folder that wraps the whole package. */
function findManifest(
	entries: ReadonlyMap<string, ArchiveEntry>,
	remarks: Remark[]
): { folder: string; entry: ArchiveEntry } {
	const exact = entries.get(MANIFEST);
	if (exact) return { folder: '', entry: exact };
	const found = [...entries.keys()].filter((path) => path.toLowerCase().split('/').at(-1) === MANIFEST);
	const shallowest = found.toSorted((a, b) => a.split('/').length - b.split('/').length)[0];
	if (!shallowest) throw new DomainError('invalid', otherKindOf([...entries.keys()]) ?? 'scorm.no_manifest');
	const folder = shallowest.slice(0, -MANIFEST.length);
	if (folder) remarks.push({ code: 'wrapper_folder', params: { folder: folder.slice(0, 200) } });
	else remarks.push({ code: 'manifest_case' });
	return { folder, entry: entries.get(shallowest)! };
}

/** What the file is instead, by the marks of other packages of e-learning. */
function otherKindOf(paths: readonly string[]): string | undefined {
	const names = paths.map((path) => path.toLowerCase().split('/').at(-1) ?? '');
	const has = (name: string) => names.includes(name);
	if (has('cmi5.xml')) return 'scorm.is_cmi5';
	if (has('h5p.json')) return 'scorm.is_h5p';
	if (['.au', '.crs', '.des', '.cst'].filter((end) => names.some((name) => name.endsWith(end))).length >= 2)
		return 'scorm.is_aicc';
	if (has('tincan.xml')) return 'scorm.is_xapi';
	if (names.some((name) => /^index\.html?$|^story\.html$/.test(name))) return 'scorm.is_website';
	return undefined;
}
