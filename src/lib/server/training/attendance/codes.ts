import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import { deriveKey, keyedHash } from '../../platform/secrets.ts';

/** The code on the wall changes this often. */
export const STEP_S = 20;
/** A code is good for its own step and the two after it: time to raise a telephone and open the page. */
const STEPS_KEPT = 2;
/** A page that was opened with a good code may check in for this long: weak lines, elderly fingers. */
const TICKET_S = 10 * 60;

/** Letters that nobody confuses on a projected wall (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

type Keys = Pick<Config, 'secretKey'>;

/** First half of a code, one a window: 40 random bits. */
export function newWindowCode(): string {
	return letters(randomBytes(8), 8);
}

/** The whole code at an instant: eight letters of the window and six of the step, `ABCDEFGH-K3M9QX`. */
export function codeAt(config: Keys, windowCode: string, now: Date): string {
	return `${windowCode}-${stepLetters(config, windowCode, stepOf(now))}`;
}

/** The window whose code this is or was a moment ago; undefined for anything else. Says nothing about its times. */
export function windowOf(config: Keys, code: string, now: Date): string | undefined {
	const [, windowCode = '', letters = ''] = /^([0-9A-Z]{8})-?([0-9A-Z]{6})$/.exec(code.trim().toUpperCase()) ?? [];
	if (!windowCode) return undefined;
	const last = stepOf(now);
	const isGood = Array.from({ length: STEPS_KEPT + 1 }, (_, i) => last - i).some((step) =>
		isSame(stepLetters(config, windowCode, step), letters)
	);
	return isGood ? windowCode : undefined;
}

/** Leave to check one person in, given with the page and good for ten minutes. */
export function newTicket(config: Keys, windowId: string, now: Date): string {
	const body = `${windowId}.${Math.floor(now.getTime() / 1000)}.${randomBytes(9).toString('base64url')}`;
	return `${body}.${signed(config, body)}`;
}

/** What a ticket is for; undefined where it is none of ours or too old. `id` is its own, to be used once. */
export function readTicket(config: Keys, ticket: string, now: Date): { windowId: string; id: string } | undefined {
	const [, body = '', windowId = '', issuedAt, id = '', signature = ''] =
		/^(([0-9a-f-]{36})\.(\d{1,12})\.([\w-]{12}))\.([\w-]{43})$/.exec(ticket) ?? [];
	if (!body || !isSame(signed(config, body), signature)) return undefined;
	const age = now.getTime() / 1000 - Number(issuedAt);
	return age >= -5 && age <= TICKET_S ? { windowId, id } : undefined;
}

function stepOf(now: Date): number {
	return Math.floor(now.getTime() / 1000 / STEP_S);
}

function stepLetters(config: Keys, windowCode: string, step: number): string {
	return letters(keyedHash(deriveKey(config, 'check-in'), `code ${windowCode} ${step}`), 6);
}

function signed(config: Keys, body: string): string {
	return keyedHash(deriveKey(config, 'check-in'), `ticket ${body}`).toString('base64url');
}

function letters(bytes: Buffer, count: number): string {
	return Array.from({ length: count }, (_, i) => ALPHABET[(bytes[i] ?? 0) % 32]).join('');
}

function isSame(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}
