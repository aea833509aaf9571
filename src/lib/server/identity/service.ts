import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { ActivateInput, ChangePasswordInput, SignInInput } from '#lib/identity/input.ts';
import { toLoginName } from '#lib/identity/login-name.ts';
import { NOTICE_VERSION } from '#lib/identity/notice.ts';
import { normalisePhone } from '#lib/text/phone.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { findAccountByName } from './accounts.ts';
import type { Actor } from './actor.ts';
import { hashPassword, refuseGuessable, verifyPassword } from './passwords.ts';
import { endSession, endSessions, listSessions, type NewSession, removeEndedSessions } from './sessions.ts';
import { claimAttempt, forgetAttempts, isAbnormalAddress, removeOldAttempts } from './sign-in-throttle.ts';
import { beginSession, type Device } from './begin-session.ts';
import { accounts } from './tables.ts';
import { findToken, useToken } from './tokens.ts';

/** An address that fails far more than people do is answered late, never refused: a whole office may sit behind it. */
const ABNORMAL_DELAY_MS = 2000;

/**
 * Checks a name and a password and begins a session. An unknown name, one without a password yet, a disabled account and
 * a wrong password get the same answer after the same work.
 * @throws {DomainError} `invalid` `identity.wrong_credentials`; `too_many` `identity.too_many_attempts`
 */
export async function signIn(ctx: Context, input: SignInInput, device: Device = {}): Promise<NewSession> {
	const name = toLoginName(input.name);
	await claimAttempt(ctx.db, name, ctx.now);
	const account = await findAccountByName(ctx.db, name);
	const isRight = await verifyPassword(account?.passwordHash, input.password);
	if (!account || !isRight || account.disabledAt) return refuseSignIn(ctx, account?.id);
	await Promise.all([forgetAttempts(ctx.db, name), removeOldAttempts(ctx.db, ctx.now)]);
	await removeEndedSessions(ctx.db, ctx.now);
	return ctx.db.transaction((tx) =>
		beginSession(ctx, tx, account.id, {
			isSharedMachine: input.isSharedMachine,
			steps: 'one',
			by: 'password',
			...device
		})
	);
}

async function refuseSignIn(ctx: Context, accountId?: string): Promise<never> {
	await recordAudit(ctx, ctx.db, 'session.refused', { objectId: accountId });
	if (ctx.clientAddress && (await isAbnormalAddress(ctx.db, ctx.clientAddress, ctx.now)))
		await sleep(ABNORMAL_DELAY_MS);
	throw new DomainError('invalid', 'identity.wrong_credentials');
}

/** Whom a slip is for, to be shown before it is used; undefined when it cannot be used (any more). */
export function openSlip(ctx: Context, secret: string) {
	return findToken(ctx.db, secret, ctx.now);
}

/**
 * Uses a slip: sets the password, at a first use also the user name, ends every session the account had, and begins one.
 * @throws {DomainError} `not_found` `identity.slip_invalid`; `conflict` `identity.username_taken`; `invalid` `identity.password_common`
 */
export async function useSlip(
	ctx: Context,
	secret: string,
	input: ActivateInput,
	device: Device = {}
): Promise<NewSession> {
	const slip = await findToken(ctx.db, secret, ctx.now);
	if (!slip) throw new DomainError('not_found', 'identity.slip_invalid');
	const username = (slip.purpose === 'activate' && input.username) || slip.username;
	refuseGuessable(input.password, [username, slip.phone, slip.displayName]);
	if (normalisePhone(username) && username !== slip.phone && username !== slip.username) {
		// A user name is looked up before phone numbers: nobody may take another's number for a name.
		throw new DomainError('invalid', 'identity.username_phone');
	}
	const passwordHash = await hashPassword(input.password);
	try {
		return await ctx.db.transaction(async (tx) => {
			const { accountId, purpose } = await useToken(tx, secret, ctx.now);
			await tx
				.update(accounts)
				.set({ username, passwordHash, mustChangePassword: false, activatedAt: ctx.now })
				.where(eq(accounts.id, accountId));
			await endSessions(tx, accountId);
			await forgetAttempts(tx, username);
			await recordAudit(ctx, tx, purpose === 'activate' ? 'account.activated' : 'account.password_reset', {
				objectId: accountId
			});
			return beginSession(ctx, tx, accountId, {
				isSharedMachine: input.isSharedMachine,
				steps: 'one',
				by: 'slip',
				...device
			});
		});
	} catch (error) {
		if (sqlState(error) === '23505') throw new DomainError('conflict', 'identity.username_taken');
		throw error;
	}
}

/** Ends the session of this request. */
export async function signOut(ctx: Context, sessionId: Buffer): Promise<void> {
	const { accountId } = ownAccount(ctx.actor);
	await ctx.db.transaction(async (tx) => {
		await endSession(tx, accountId, sessionId);
		await recordAudit(ctx, tx, 'session.ended', { objectId: accountId });
	});
}

/** Ends one other session of the own account, chosen from {@link listOwnSessions}. */
export async function endOwnSession(ctx: Context, sessionId: Buffer): Promise<void> {
	await signOut(ctx, sessionId);
}

/** Ends every session of the own account but this one. */
export async function signOutEverywhereElse(ctx: Context, sessionId: Buffer): Promise<number> {
	const { accountId } = ownAccount(ctx.actor);
	return ctx.db.transaction(async (tx) => {
		const count = await endSessions(tx, accountId, sessionId);
		await recordAudit(ctx, tx, 'session.ended_others', { objectId: accountId, count });
		return count;
	});
}

/** Live sessions of the own account. */
export function listOwnSessions(ctx: Context) {
	return listSessions(ctx.db, ownAccount(ctx.actor).accountId, ctx.now);
}

/**
 * Sets a new password after asking for the old one, and ends all other sessions (ASVS 5.0, 7.4.3 and 7.5.1).
 * @throws {DomainError} `invalid` `identity.wrong_password` or `identity.password_common`; `too_many`
 */
export async function changePassword(ctx: Context, sessionId: Buffer, input: ChangePasswordInput): Promise<void> {
	const { accountId } = ownAccount(ctx.actor);
	await claimAttempt(ctx.db, accountId, ctx.now);
	const [account] = await ctx.db.select().from(accounts).where(eq(accounts.id, accountId));
	if (!(await verifyPassword(account?.passwordHash, input.currentPassword))) {
		throw new DomainError('invalid', 'identity.wrong_password');
	}
	refuseGuessable(input.password, [account?.username, account?.phone, account?.displayName]);
	if (input.password === input.currentPassword) throw new DomainError('invalid', 'identity.password_same');
	const passwordHash = await hashPassword(input.password);
	await ctx.db.transaction(async (tx) => {
		await tx.update(accounts).set({ passwordHash, mustChangePassword: false }).where(eq(accounts.id, accountId));
		await endSessions(tx, accountId, sessionId);
		await forgetAttempts(tx, accountId);
		await recordAudit(ctx, tx, 'account.password_changed', { objectId: accountId });
	});
}

/** Notes that the personal-data notice of today's version was read. */
export async function confirmNotice(ctx: Context): Promise<void> {
	const { accountId } = ownAccount(ctx.actor);
	await ctx.db.transaction(async (tx) => {
		await tx
			.update(accounts)
			.set({ noticeVersion: NOTICE_VERSION, noticeReadAt: ctx.now })
			.where(eq(accounts.id, accountId));
		await recordAudit(ctx, tx, 'account.notice_read', { objectId: accountId, version: NOTICE_VERSION });
	});
}

/** The own account as its owner sees it. */
export async function getOwnAccount(ctx: Context) {
	const { accountId } = ownAccount(ctx.actor);
	const [account] = await ctx.db
		.select({
			displayName: accounts.displayName,
			username: accounts.username,
			phone: accounts.phone,
			email: accounts.email,
			noticeReadAt: accounts.noticeReadAt
		})
		.from(accounts)
		.where(eq(accounts.id, accountId));
	if (!account) throw new DomainError('unauthenticated', 'identity.sign_in_required');
	return account;
}

/** @throws {DomainError} `unauthenticated` when nobody is signed in */
export function ownAccount(actor: Actor) {
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	return actor;
}
