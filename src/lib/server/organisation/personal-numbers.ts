import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Config } from '../platform/config.ts';
import { deriveKey, keyedHash } from '../platform/secrets.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is stored of a personal number: a cipher text that differs each time, and a keyed hash to find it by. */
type SealedNumber = Readonly<{ encrypted: Buffer; hmac: Buffer }>;

/** Seals, finds and opens personal numbers with this installation's keys. */
export type NumberVault = Readonly<{
	seal(digits: string): SealedNumber;
	hmac(digits: string): Buffer;
	open(encrypted: Buffer): string;
}>;

/**
 * AES-256-GCM (nonce ‖ tag ‖ text) and HMAC-SHA-256, both under keys derived from SECRET_KEY. A bare hash would not do:
 * all 10^12 numbers can be tried in an hour.
 */
export function openNumberVault(config: Pick<Config, 'secretKey'>): NumberVault {
	const key = deriveKey(config, 'personal-number-encryption');
	const lookupKey = deriveKey(config, 'personal-number-lookup');
	const hmac = (digits: string) => keyedHash(lookupKey, digits);
	return {
		hmac,
		seal(digits) {
			const nonce = randomBytes(NONCE_BYTES);
			const cipher = createCipheriv('aes-256-gcm', key, nonce);
			const text = Buffer.concat([cipher.update(digits, 'utf8'), cipher.final()]);
			return { encrypted: Buffer.concat([nonce, cipher.getAuthTag(), text]), hmac: hmac(digits) };
		},
		open(encrypted) {
			const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, NONCE_BYTES), {
				authTagLength: TAG_BYTES
			});
			decipher.setAuthTag(encrypted.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
			return decipher.update(encrypted.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
		}
	};
}
