import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../platform/errors.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** argon2id as OWASP's password storage cheat sheet sets it: 19 MiB, two passes; about 20 ms of CPU. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random password nobody knows: checking it costs what checking a real one costs. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$YSoz2tLRBxngwnIgC0pS9A$TRUX1w4j74GbDOlkgLna0lpFyKqw5JlNDPGaqsfERWA';

/** At opening hour a whole province signs in at once: a few at a time leave the cores to pages. */
const AT_ONCE = 4;
/** About ten seconds of waiting on two cores; those behind are asked to come back rather than left hanging. */
const LONGEST_QUEUE = 500;

let running = 0;
const waiting: (() => void)[] = [];

/** argon2id of a password, in PHC string format. */
export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(password.normalize('NFC'), COST));
}

/** True when the password is the hash's own; without a hash it works as long and says no. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
	const isRight = await inTurn(() => verify(passwordHash ?? NOBODY, password.normalize('NFC')));
	return isRight && Boolean(passwordHash);
}

/**
 * Refuses what everybody tries first, and the account's own names (ASVS 5.0, 6.2.4 and 6.2.11).
 * @throws {DomainError} `invalid` `identity.password_common`
 */
export function refuseGuessable(password: string, names: readonly (string | null | undefined)[]): void {
	const plain = password.normalize('NFC').toLowerCase();
	const isName = names.some((name) => name && plain === name.toLowerCase());
	const isOneCharacter = new Set(plain).size === 1;
	if (isName || isOneCharacter || COMMON_PASSWORDS.has(plain)) {
		throw new DomainError('invalid', 'identity.password_common');
	}
}

/** Letters that are not taken for one another when a password is read out or copied from a screen. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password for its owner to replace: sixteen letters in groups of four, 79 bits. */
export function randomPassword(): string {
	const letters = Array.from({ length: 16 }, () => READABLE[randomInt(READABLE.length)]).join('');
	return letters.replace(/.{4}(?=.)/g, '$&-');
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) {
		if (waiting.length >= LONGEST_QUEUE) throw new DomainError('too_many', 'identity.busy');
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else running++;
	try {
		return await work();
	} finally {
		// The place goes straight to the next in line, so that nobody who comes later slips in between.
		const next = waiting.shift();
		if (next) next();
		else running--;
	}
}
