import { createHash } from 'node:crypto';
import { launchableItems, type Manifest } from '#lib/scorm/manifest.ts';

/** Written anew by every export of a tool, and nothing that content reads. */
const IS_BESIDE_CONTENT = /(^|\/)imsmanifest\.xml$|\.(xsd|dtd)$/i;

/**
 * What each item that can be opened is made of, as one hash: its own files, those that no item claims for itself, and how it
 * is opened. Lists of files in manifests are often short, so whatever nobody lists counts for every item: content is called
 * changed too often rather than once too seldom.
 * @param ownFiles paths that the resource of each item lists
 * @param fileHashes SHA-256 of each file of the package, by path
 */
export function contentHashes(
	manifest: Manifest,
	ownFiles: ReadonlyMap<string, readonly string[]>,
	fileHashes: ReadonlyMap<string, string>
): Record<string, string> {
	const claimed = new Set([...ownFiles.values()].flat());
	const line = (path: string) => `${path}\0${fileHashes.get(path) ?? ''}`;
	const paths = [...fileHashes.keys()].filter((path) => !IS_BESIDE_CONTENT.test(path));
	const shared = hashOf(paths.filter((path) => !claimed.has(path)).map(line));
	const items = manifest.organizations.flatMap((organization) => launchableItems(organization));
	return Object.fromEntries(
		items.map(({ identifier, launch, launchData }) => {
			const own = (ownFiles.get(identifier) ?? []).filter((path) => !IS_BESIDE_CONTENT.test(path));
			return [identifier, hashOf([shared, JSON.stringify([launch, launchData]), ...own.map(line)])];
		})
	);
}

function hashOf(lines: readonly string[]): string {
	return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex');
}
