import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from './config.ts';

/** Purposes a key is derived for; a key for one purpose tells nothing about another. */
export type KeyPurpose =
	| 'personal-number-encryption'
	| 'personal-number-lookup'
	| 'signed-url'
	| 'playback-anchor'
	| 'backup-check'
	| 'two-step-secret'
	| 'recovery-code'
	| 'survey-form'
	| 'rating-source'
	| 'audit-chain'
	| 'check-in'
	| 'single-sign-on';

/** 32 bytes for one purpose, from SECRET_KEY by HKDF-SHA-256 (RFC 5869). */
export function deriveKey(config: Pick<Config, 'secretKey'>, purpose: KeyPurpose): Buffer {
	return Buffer.from(hkdfSync('sha256', config.secretKey, 'buc-giang', purpose, 32));
}

/** HMAC-SHA-256 of a text under a derived key. */
export function keyedHash(key: Buffer, text: string): Buffer {
	return createHmac('sha256', key).update(text).digest();
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM of a text as nonce ‖ tag ‖ cipher text; differs each time. */
export function seal(key: Buffer, text: string): Buffer {
	const nonce = randomBytes(NONCE_BYTES);
	const cipher = createCipheriv('aes-256-gcm', key, nonce);
	const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @throws {Error} when it was sealed under another key or changed since */
export function unseal(key: Buffer, sealed: Buffer): string {
	const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
	decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
	return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
