import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { type Context, dayOf } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { hashToken } from './sessions.ts';
import { accounts, accountTokens } from './tables.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Days a slip can be used: long enough to hand out a whole commune's, short enough that a lost one dies. */
const LIFETIME_DAYS = { activate: 30, reset: 7 };

export type TokenPurpose = 'activate' | 'reset';

/** Crockford's base 32: no I, L, O, U, so that what is printed can be typed. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a secret: 80 bits. */
const LENGTH = 16;

/**
 * Makes the secret of a slip; slips made before for the same account stop working. Call it in the transaction of the
 * change, after authorising. The secret is shown once: only its SHA-256 is kept.
 * @returns sixteen letters and digits in groups of four, `9F3K-T0ZB-…`
 */
export async function issueToken(
	ctx: Context,
	tx: Database,
	accountId: string,
	purpose: TokenPurpose
): Promise<{ secret: string; expiresAt: Date }> {
	const letters = Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % 32]).join('');
	const lastDay = dayOf(new Date(ctx.now.getTime() + LIFETIME_DAYS[purpose] * DAY));
	const expiresAt = new Date(`${lastDay}T23:59:59+07:00`); // the slip says: to the end of that day
	await tx.delete(accountTokens).where(and(eq(accountTokens.accountId, accountId), isNull(accountTokens.usedAt)));
	await tx.insert(accountTokens).values({
		id: hashToken(letters),
		accountId,
		purpose,
		createdAt: ctx.now,
		createdBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null,
		expiresAt
	});
	await recordAudit(ctx, tx, 'account.slip_issued', { objectId: accountId, purpose });
	return { secret: letters.replace(/.{4}(?=.)/g, '$&-'), expiresAt };
}

/** The account a slip is for, while it can be used. */
export async function findToken(db: Database, secret: string, now: Date) {
	const [found] = await db
		.select({
			accountId: accounts.id,
			personId: accounts.personId,
			displayName: accounts.displayName,
			username: accounts.username,
			phone: accounts.phone,
			purpose: accountTokens.purpose
		})
		.from(accountTokens)
		.innerJoin(accounts, eq(accounts.id, accountTokens.accountId))
		.where(and(isUsable(secret, now), isNull(accounts.disabledAt)));
	return found;
}

/**
 * Takes a slip's one use; of two requests at the same time only one gets it.
 * @throws {DomainError} `not_found` `identity.slip_invalid` when it is unknown, used, replaced or too old
 */
export async function useToken(tx: Database, secret: string, now: Date) {
	const [used] = await tx
		.update(accountTokens)
		.set({ usedAt: now })
		.where(isUsable(secret, now))
		.returning({ accountId: accountTokens.accountId, purpose: accountTokens.purpose });
	if (!used) throw new DomainError('not_found', 'identity.slip_invalid');
	return used;
}

function isUsable(secret: string, now: Date) {
	return and(
		eq(accountTokens.id, hashToken(plain(secret))),
		isNull(accountTokens.usedAt),
		gt(accountTokens.expiresAt, now)
	);
}

/** What was typed from paper, as it was printed. */
function plain(secret: string): string {
	return secret
		.toUpperCase()
		.replace(/[^0-9A-Z]/g, '')
		.replaceAll('O', '0')
		.replace(/[IL]/g, '1');
}
