import type { Config } from '../platform/config.ts';
import { deriveKey, keyedHash, seal, unseal } from '../platform/secrets.ts';

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
		seal: (digits) => ({ encrypted: seal(key, digits), hmac: hmac(digits) }),
		open: (encrypted) => unseal(key, encrypted)
	};
}
