/** A byte range of an object, both ends inclusive, within its size. */
export type ByteRange = Readonly<{ start: number; end: number }>;

/**
 * Reads a `Range` header (RFC 9110, 14.1.2) for an object of `sizeBytes`. Undefined means the whole object: no header,
 * another unit, or several ranges, which a server may ignore.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'unsatisfiable' | undefined {
	const found = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
	if (!found || (!found[1] && !found[2])) return undefined;
	const [, from, to] = found;
	if (!from) {
		const length = Math.min(Number(to), sizeBytes);
		return length > 0 ? { start: sizeBytes - length, end: sizeBytes - 1 } : 'unsatisfiable';
	}
	const start = Number(from);
	const end = to ? Math.min(Number(to), sizeBytes - 1) : sizeBytes - 1;
	if (to && Number(to) < start) return undefined; // not a valid range: as if it were not there
	return start < sizeBytes ? { start, end } : 'unsatisfiable';
}
