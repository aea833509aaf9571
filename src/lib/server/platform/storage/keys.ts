/** Segments of lower-case words joined by `/`; a segment begins with a letter or digit, so `..` and dot files cannot be named. */
const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;
const LONGEST = 512;

/** @throws {Error} for a key that no code of ours may make; a defect, never a person's mistake */
export function assertKey(key: string): void {
	if (key.length > LONGEST || !KEY.test(key)) throw new Error(`not a storage key: ${JSON.stringify(key.slice(0, 80))}`);
}
