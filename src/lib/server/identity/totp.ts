import { randomInt } from 'node:crypto';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { deriveKey, keyedHash, seal, unseal } from '../platform/secrets.ts';
import { accounts, recoveryCodes } from './tables.ts';

/** What authenticator applications agree on (RFC 6238 with SHA-1, six digits, thirty seconds). */
const PERIOD_S = 30;
const RULES = { algorithm: 'SHA1', digits: 6, period: PERIOD_S } as const;

/** Shown by the authenticator application above the code. */
const ISSUER = 'Bục Giảng';

/** One step to either side: telephones' clocks are not exact. */
const WINDOW = 1;

const CODES = 10;
/** No letters or digits that are taken for one another. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const CODE_LENGTH = 10;

/** What an application needs to make codes: as an address for a QR code, and as text to type. */
export type TotpKey = Readonly<{ uri: string; text: string }>;

/** A fresh secret, sealed for the database. */
export function newSecret(config: Pick<Config, 'secretKey'>): Buffer {
	return seal(deriveKey(config, 'two-step-secret'), new Secret({ size: 20 }).base32);
}

export function keyOf(config: Pick<Config, 'secretKey'>, sealed: Buffer, label: string): TotpKey {
	const text = unseal(deriveKey(config, 'two-step-secret'), sealed);
	const uri = new TOTP({ ...RULES, issuer: ISSUER, label, secret: Secret.fromBase32(text) }).toString();
	return { uri, text: text.replace(/.{4}(?=.)/g, '$& ') };
}

/**
 * Takes a code's one use; of two requests with the same code only one gets it.
 * @param isProposed whether the secret is still being set up
 */
export async function takeCode(
	db: Database,
	config: Pick<Config, 'secretKey'>,
	account: { id: string; totpSecret: Buffer | null },
	code: string,
	now: Date
): Promise<boolean> {
	if (!account.totpSecret || !/^\d{6}$/.test(code)) return false;
	const secret = Secret.fromBase32(unseal(deriveKey(config, 'two-step-secret'), account.totpSecret));
	const delta = new TOTP({ ...RULES, secret }).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
	if (delta === null) return false;
	const step = Math.floor(now.getTime() / 1000 / PERIOD_S) + delta;
	const taken = await db
		.update(accounts)
		.set({ totpLastStep: step })
		.where(and(eq(accounts.id, account.id), or(isNull(accounts.totpLastStep), lt(accounts.totpLastStep, step))))
		.returning({ id: accounts.id });
	return taken.length > 0;
}

/** Replaces the recovery codes of an account. They are shown once: only keyed hashes are kept. */
export async function renewRecoveryCodes(tx: Database, config: Pick<Config, 'secretKey'>, accountId: string) {
	const codes = Array.from({ length: CODES }, () =>
		Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
	);
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
	await tx.insert(recoveryCodes).values(codes.map((code) => ({ hash: hashOf(config, accountId, code), accountId })));
	return codes.map((code) => code.replace(/.{5}(?=.)/, '$&-'));
}

/** Takes a recovery code's one use. */
export async function takeRecoveryCode(
	db: Database,
	config: Pick<Config, 'secretKey'>,
	accountId: string,
	typed: string,
	now: Date
): Promise<boolean> {
	const code = typed.toLowerCase().replace(/[^a-z0-9]/g, '');
	if (code.length !== CODE_LENGTH) return false;
	const taken = await db
		.update(recoveryCodes)
		.set({ usedAt: now })
		.where(and(eq(recoveryCodes.hash, hashOf(config, accountId, code)), isNull(recoveryCodes.usedAt)))
		.returning({ hash: recoveryCodes.hash });
	return taken.length > 0;
}

export async function countRecoveryCodes(db: Database, accountId: string): Promise<number> {
	const [row] = await db
		.select({ left: sql<number>`count(*)::int` })
		.from(recoveryCodes)
		.where(and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt)));
	return row?.left ?? 0;
}

function hashOf(config: Pick<Config, 'secretKey'>, accountId: string, code: string): Buffer {
	return keyedHash(deriveKey(config, 'recovery-code'), `${accountId}:${code}`);
}
