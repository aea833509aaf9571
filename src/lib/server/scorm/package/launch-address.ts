import type { Launch, Remark } from '#lib/scorm/manifest.ts';

/** Finds stored paths, also where only case or Unicode form differ. */
export type PathFinder = (path: string) => { path: string; isExact: boolean } | undefined;

/** What a resource's address came to: a file of the package, or why it is none. */
export type Resolved =
	| Readonly<{ ok: true; launch: Omit<Launch, 'kind'>; remarks: Remark[] }>
	| Readonly<{ ok: false; code: 'scorm.href_outside' | 'scorm.href_missing'; href: string }>;

/** A finder over the paths of a package. */
export function pathFinder(paths: Iterable<string>): PathFinder {
	const exact = new Set(paths);
	const folded = new Map<string, string>();
	for (const path of exact) folded.set(fold(path), folded.has(fold(path)) ? '' : path);
	return (path) => {
		if (exact.has(path)) return { path, isExact: true };
		const near = folded.get(fold(path)); // empty where two files differ in nothing else
		return near ? { path: near, isExact: false } : undefined;
	};
}

const fold = (path: string) => path.normalize('NFC').toLowerCase();

/**
 * The file and parameters that a resource opens: its `href` below the bases (xml:base of manifest, resources, resource;
 * XML Base 1.0), joined with an item's parameters as the Content Aggregation Model says (SCORM 2004 4th edition, CAM
 * 3.4.1.1; SCORM 1.2 the same): leading `?` and `&` fall away, joined by `?` or `&`, a fragment last.
 */
export function resolveLaunch(
	{ bases, href, parameters = '' }: { bases: readonly string[]; href: string; parameters?: string },
	find: PathFinder
): Resolved {
	const remarks: Remark[] = [];
	const [withoutHash = '', ownHash = ''] = splitAt(href.trim(), '#');
	const [rawPath = '', query = ''] = splitAt(withoutHash, '?');
	const folders = bases.map((base) => base.trim()).filter(Boolean);
	const whole = [...folders.map((base) => (/[/\\]$/.test(base) ? base : `${base}/`)), rawPath].join('');
	if (whole.includes('\\')) remarks.push({ code: 'backslash_in_address', params: { href: href.slice(0, 200) } });
	const slashed = whole.replaceAll('\\', '/');
	if ([...folders, rawPath].some((part) => isOutside(part.replaceAll('\\', '/'))))
		return { ok: false, code: 'scorm.href_outside', href };
	const path = withoutDots(slashed);
	if (path === undefined) return { ok: false, code: 'scorm.href_outside', href };
	const found = find(path) ?? find(decoded(path));
	if (!found) return { ok: false, code: 'scorm.href_missing', href };
	if (!found.isExact) remarks.push({ code: 'address_differs', params: { href: path, path: found.path } });
	return { ok: true, launch: { path: found.path, ...joinParameters(query, ownHash, parameters) }, remarks };
}

/** A scheme (`http:`, `javascript:`, a drive), another host, or the root of a host. */
function isOutside(address: string): boolean {
	return /^[a-z][a-z0-9+.-]*:/i.test(address) || address.startsWith('/') || /^%2f/i.test(address);
}

/** Undefined where the steps lead out of the package, also written as `%2e%2e`. */
function withoutDots(path: string): string | undefined {
	const steps: string[] = [];
	for (const step of path.split('/')) {
		const plain = step.replace(/%2e/gi, '.');
		if (plain === '..') {
			if (steps.pop() === undefined) return undefined;
		} else if (plain !== '.' && step !== '') steps.push(step);
	}
	return steps.join('/');
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function joinParameters(query: string, ownHash: string, parameters: string): { search: string; hash: string } {
	const [added = '', addedHash = ''] = splitAt(parameters.trim().replace(/^[?&]+/, ''), '#');
	const search = [query, added].filter(Boolean).join('&');
	const hash = ownHash || addedHash;
	return { search: search ? `?${search}` : '', hash: hash ? `#${hash}` : '' };
}

/** Before and after the first such character. */
function splitAt(text: string, mark: string): [string, string] {
	const at = text.indexOf(mark);
	return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
