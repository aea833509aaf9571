import { and, eq, isNotNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { beginSession, type Device } from './begin-session.ts';
import { verifyPassword } from './passwords.ts';
import { ownAccount } from './service.ts';
import { endSession, endSessions, findPendingSession, markConfirmed, type NewSession } from './sessions.ts';
import { claimAttempt, forgetAttempts } from './sign-in-throttle.ts';
import { drawQr } from './slip-qr.ts';
import { accounts, recoveryCodes } from './tables.ts';
import { countRecoveryCodes, keyOf, newSecret, renewRecoveryCodes, takeCode, takeRecoveryCode } from './totp.ts';

const attemptsOf = (accountId: string) => `second-step:${accountId}`;

/**
 * Takes the second step of a sign-in: a code of the authenticator application or one of the recovery codes.
 * @throws {DomainError} `unauthenticated` when no sign-in waits for it; `invalid` `identity.wrong_code`; `too_many`
 */
export async function finishSignIn(
	ctx: Context,
	token: string,
	code: string,
	device: Device = {}
): Promise<NewSession> {
	const pending = await findPendingSession(ctx.db, token, ctx.now);
	if (!pending) throw new DomainError('unauthenticated', 'identity.session_expired');
	const { accountId } = pending;
	await claimAttempt(ctx.db, attemptsOf(accountId), ctx.now);
	const by = await proofOf(ctx, { id: accountId, totpSecret: pending.totpSecret }, code);
	if (!by) {
		await recordAudit(ctx, ctx.db, 'session.second_step_refused', { objectId: accountId });
		throw new DomainError('invalid', 'identity.wrong_code');
	}
	await forgetAttempts(ctx.db, attemptsOf(accountId));
	return ctx.db.transaction(async (tx) => {
		await endSession(tx, accountId, pending.id); // a new token for the whole session (ASVS 5.0, 7.2.4)
		return beginSession(ctx, tx, accountId, {
			isSharedMachine: pending.isSharedMachine,
			steps: 'two',
			by,
			...device
		});
	});
}

/** True when a sign-in of this browser waits for its second step. */
export async function waitsForSecondStep(ctx: Context, token: string | undefined): Promise<boolean> {
	return token !== undefined && (await findPendingSession(ctx.db, token, ctx.now)) !== undefined;
}

async function proofOf(ctx: Context, account: { id: string; totpSecret: Buffer | null }, code: string) {
	const digits = code.replace(/\s/g, '');
	if (await takeCode(ctx.db, ctx.config, account, digits, ctx.now)) return 'totp' as const;
	const isSpare = await takeRecoveryCode(ctx.db, ctx.config, account.id, code, ctx.now);
	return isSpare ? ('recovery_code' as const) : undefined;
}

/** The own second step: on or off, what is left of the recovery codes, and the key while it is being set up. */
export async function getOwnTwoStep(ctx: Context) {
	const account = await getOwn(ctx);
	const isOn = account.totpConfirmedAt !== null;
	const key = !isOn && account.totpSecret ? keyOf(ctx.config, account.totpSecret, account.username) : undefined;
	return {
		isOn,
		onSince: account.totpConfirmedAt,
		codesLeft: isOn ? await countRecoveryCodes(ctx.db, account.id) : 0,
		proposal: key && { text: key.text, qr: drawQr(key.uri) }
	};
}

/** Proposes a secret; it counts from {@link turnOnTwoStep} on. A secret in use is not replaced. */
export async function proposeTwoStep(ctx: Context): Promise<void> {
	const account = await getOwn(ctx);
	if (account.totpConfirmedAt) throw new DomainError('conflict', 'identity.two_step_on');
	await ctx.db.transaction(async (tx) => {
		await tx
			.update(accounts)
			.set({ totpSecret: newSecret(ctx.config), totpLastStep: null })
			.where(eq(accounts.id, account.id));
		await recordAudit(ctx, tx, 'account.two_step_proposed', { objectId: account.id });
	});
}

/**
 * Turns the second step on once a code shows that the application has the secret, and ends all other sessions.
 * @returns the recovery codes, which are never shown again
 * @throws {DomainError} `invalid` `identity.wrong_code`; `too_many`
 */
export async function turnOnTwoStep(ctx: Context, sessionId: Buffer, code: string): Promise<string[]> {
	const account = await getOwn(ctx);
	if (account.totpConfirmedAt) throw new DomainError('conflict', 'identity.two_step_on');
	await claimAttempt(ctx.db, attemptsOf(account.id), ctx.now);
	if (!(await takeCode(ctx.db, ctx.config, account, code.replace(/\s/g, ''), ctx.now)))
		throw new DomainError('invalid', 'identity.wrong_code');
	await forgetAttempts(ctx.db, attemptsOf(account.id));
	return ctx.db.transaction(async (tx) => {
		await tx.update(accounts).set({ totpConfirmedAt: ctx.now, twoStepDueOn: null }).where(eq(accounts.id, account.id));
		await endSessions(tx, account.id, sessionId);
		await recordAudit(ctx, tx, 'account.two_step_on', { objectId: account.id });
		return renewRecoveryCodes(tx, ctx.config, account.id);
	});
}

/** Makes new recovery codes; the earlier ones stop working. */
export async function renewOwnRecoveryCodes(ctx: Context): Promise<string[]> {
	const account = await getOwn(ctx);
	if (!account.totpConfirmedAt) throw new DomainError('conflict', 'identity.two_step_off');
	return ctx.db.transaction(async (tx) => {
		await recordAudit(ctx, tx, 'account.recovery_codes_renewed', { objectId: account.id });
		return renewRecoveryCodes(tx, ctx.config, account.id);
	});
}

/** Turns the own second step off, as before a change of telephones. Where the role demands it, it is overdue at once. */
export async function turnOffTwoStep(ctx: Context): Promise<void> {
	const { accountId } = ownAccount(ctx.actor);
	await ctx.db.transaction((tx) => removeTwoStep(ctx, tx, accountId));
}

/** Removes the second step of an account whose telephone and codes are lost; the caller has authorised it. */
export async function removeTwoStep(ctx: Context, tx: Database, accountId: string): Promise<void> {
	const [removed] = await tx
		.update(accounts)
		.set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null, twoStepDueOn: today(ctx) })
		.where(and(eq(accounts.id, accountId), isNotNull(accounts.totpConfirmedAt)))
		.returning({ id: accounts.id });
	if (!removed) throw new DomainError('conflict', 'identity.two_step_off');
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
	await recordAudit(ctx, tx, 'account.two_step_off', { objectId: accountId });
}

/**
 * Asks once more for the password, or for a code where there is none, before something that matters (ASVS 5.0, 7.5.1).
 * @throws {DomainError} `invalid` `identity.wrong_password`; `too_many`
 */
export async function confirmPresence(ctx: Context, sessionId: Buffer, secret: string): Promise<void> {
	const account = await getOwn(ctx);
	await claimAttempt(ctx.db, account.id, ctx.now);
	const isRight =
		(await verifyPassword(account.passwordHash, secret)) ||
		(account.totpConfirmedAt !== null && (await proofOf(ctx, account, secret)) !== undefined);
	if (!isRight) {
		await recordAudit(ctx, ctx.db, 'session.confirmation_refused', { objectId: account.id });
		throw new DomainError('invalid', 'identity.wrong_password');
	}
	await forgetAttempts(ctx.db, account.id);
	await markConfirmed(ctx.db, sessionId, ctx.now);
	await recordAudit(ctx, ctx.db, 'session.confirmed', { objectId: account.id });
}

async function getOwn(ctx: Context) {
	const { accountId } = ownAccount(ctx.actor);
	const [account] = await ctx.db.select().from(accounts).where(eq(accounts.id, accountId));
	if (!account) throw new DomainError('unauthenticated', 'identity.sign_in_required');
	return account;
}
