import { createHmac, hkdfSync } from 'node:crypto';
import type { Config } from './config.ts';

/** Purposes a key is derived for; a key for one purpose tells nothing about another. */
export type KeyPurpose = 'personal-number-encryption' | 'personal-number-lookup' | 'signed-url' | 'playback-anchor';

/** 32 bytes for one purpose, from SECRET_KEY by HKDF-SHA-256 (RFC 5869). */
export function deriveKey(config: Pick<Config, 'secretKey'>, purpose: KeyPurpose): Buffer {
	return Buffer.from(hkdfSync('sha256', config.secretKey, 'buc-giang', purpose, 32));
}

/** HMAC-SHA-256 of a text under a derived key. */
export function keyedHash(key: Buffer, text: string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}
