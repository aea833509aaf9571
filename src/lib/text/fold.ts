/**
 * Text as it is stored: NFC, no-break and other odd spaces as plain ones, none doubled, none at the ends. Files of
 * offices mix NFD, U+00A0 and zero-width characters; control characters among them are none PostgreSQL or a reader wants.
 */
export function tidy(text: string): string {
	return text
		.normalize('NFC')

		.replace(/[\u0000-\u0008\u000E-\u001F\u007F]/g, '')
		.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * Key for search and matching: no marks, đ→d, lower case. Gives for Vietnamese text what PostgreSQL's `fold()` of the
 * first migration gives (an integration test compares both), so a key made here finds a row indexed there.
 */
export function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** Folded, and with nothing but letters, digits and single spaces: how headings, unit names and codes are compared. */
export function matchKey(text: string): string {
	return fold(tidy(text))
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** A folded text as the inside of a LIKE pattern, its own `%`, `_` and `\` taken literally. */
export function likeContains(text: string): string {
	return `%${fold(tidy(text)).replace(/[\\%_]/g, '\\$&')}%`;
}
