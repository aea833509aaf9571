/**
 * When a signed address ends, in whole seconds since 1970. Rounded up by at most a quarter of its life, so that the same
 * object has the same address for a while and browsers need not load it twice.
 */
export function expiryOf(nowMs: number, expiresInS: number): number {
	const step = stepOf(expiresInS);
	return Math.ceil((nowMs / 1000 + expiresInS) / step) * step;
}

/** Width of the rounding, whole seconds, at least 1. */
export function stepOf(expiresInS: number): number {
	return Math.max(1, Math.floor(expiresInS / 4));
}
