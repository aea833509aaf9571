const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A new id for an option, pair, gap, criterion or part. Random rather than counted: it is seen by learners, and must tell
 * neither the author's order nor the key.
 */
export function newPartId(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
