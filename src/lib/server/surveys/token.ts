import { createHash, randomBytes } from 'node:crypto';
import { plainToken } from '#lib/surveys/survey.ts';
import type { Config } from '../platform/config.ts';
import { deriveKey, keyedHash } from '../platform/secrets.ts';

/** Crockford's base 32: no I, L, O, U, so that what is printed can be typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 6;
const NONCE_LENGTH = 8;
const MAC_LENGTH = 8;

/** A new code of a class, 30 bits; unique in its table. */
export function newClassCode(): string {
	return letters(randomBytes(CODE_LENGTH), CODE_LENGTH);
}

/** A form's code for somebody who is signed in: made at random and kept nowhere. */
export function newToken(config: Config, classCode: string): string {
	return sealed(config, classCode, letters(randomBytes(NONCE_LENGTH), NONCE_LENGTH));
}

/** The code of the n-th paper slip of a class, the same each time it is printed. */
export function slipToken(config: Config, classCode: string, number: number): string {
	return sealed(config, classCode, letters(mac(config, `slip ${classCode} ${number}`), NONCE_LENGTH));
}

/** The class a code belongs to and the hash to remember it by; undefined for what this installation did not make. */
export function readToken(config: Config, typed: string): { classCode: string; hash: Buffer } | undefined {
	const token = plainToken(typed);
	const classCode = token.slice(0, CODE_LENGTH);
	if (token !== sealed(config, classCode, token.slice(CODE_LENGTH, CODE_LENGTH + NONCE_LENGTH))) return undefined;
	return { classCode, hash: createHash('sha256').update(token).digest() };
}

function sealed(config: Config, classCode: string, nonce: string): string {
	return classCode + nonce + letters(mac(config, `form ${classCode} ${nonce}`), MAC_LENGTH);
}

function mac(config: Config, text: string): Buffer {
	return keyedHash(deriveKey(config, 'survey-form'), text);
}

function letters(bytes: Buffer, length: number): string {
	return Array.from(bytes.subarray(0, length), (byte) => LETTERS[byte % 32]).join('');
}
