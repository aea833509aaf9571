import { and, eq, isNull, or } from 'drizzle-orm';
import { toLoginName } from '#lib/identity/login-name.ts';
import { recordAudit } from '../audit/record.ts';
import { createAccount, findAccountByName, listGrants } from '../identity/accounts.ts';
import { beginSession, type Device } from '../identity/begin-session.ts';
import { verifyPassword } from '../identity/passwords.ts';
import type { NewSession } from '../identity/sessions.ts';
import { claimAttempt, forgetAttempts } from '../identity/sign-in-throttle.ts';
import type { Proven } from '../identity/single-sign-on.ts';
import { accounts, signOnLinks } from '../identity/tables.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { holdsOn } from './dated.ts';
import { openNumberVault } from './personal-numbers.ts';
import { affiliations, people, unitVersions } from './tables.ts';

/** A session for somebody whom the provider vouches for and who linked an account before; nothing for anybody else. */
export async function enterLinked(ctx: Context, proven: Proven, device: Device): Promise<NewSession | undefined> {
	const [linked] = await ctx.db
		.select({ accountId: accounts.id })
		.from(signOnLinks)
		.innerJoin(accounts, eq(accounts.id, signOnLinks.accountId))
		.where(and(isLinkOf(proven), isNull(accounts.disabledAt)));
	if (!linked) return undefined;
	return ctx.db.transaction((tx) => begin(ctx, tx, linked.accountId, proven, device));
}

const isLinkOf = ({ issuer, subject }: Proven) => and(eq(signOnLinks.issuer, issuer), eq(signOnLinks.subject, subject));

/** Somebody of the roster who may be meant, as the confirmation shows it. */
export type Match = Readonly<{
	personId: string;
	fullName: string;
	unitName: string;
	accountId: string | null;
	/** The account's own password is asked too: it holds roles, or an address alone pointed to it. */
	needsPassword: boolean;
}>;

/**
 * The one person of the roster with the personal number the provider gives, else with the verified e-mail address. More
 * than one, or none, is no match: then only a password links.
 */
export async function findMatch(ctx: Context, proven: Proven): Promise<Match | undefined> {
	const { personalNumber, email } = proven;
	const hmac = personalNumber && openNumberVault(ctx.config).hmac(personalNumber);
	const byNumber = hmac ? await findPeople(ctx, eq(people.personalNumberHmac, hmac)) : [];
	const byEmail =
		byNumber.length === 0 && email ? await findPeople(ctx, or(eq(people.email, email), eq(accounts.email, email))) : [];
	const found = [...byNumber, ...byEmail];
	const [one] = found;
	if (!one || found.length > 1) return undefined;
	const grants = one.accountId ? await listGrants(ctx.db, one.accountId, today(ctx)) : [];
	return { ...one, needsPassword: byNumber.length === 0 || grants.length > 0 };
}

function findPeople(ctx: Context, where: ReturnType<typeof and>) {
	const day = today(ctx);
	return ctx.db
		.selectDistinct({
			personId: people.id,
			fullName: people.fullName,
			unitName: unitVersions.name,
			accountId: accounts.id
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, affiliations.unitId), holdsOn(unitVersions, day)))
		.leftJoin(accounts, eq(accounts.personId, people.id))
		.where(and(where, isNull(people.voidedAt), isNull(people.canonicalId)))
		.limit(2);
}

/**
 * "Đúng là tôi": links the matched person's account, making one where there is none, and begins a session. Where the
 * match {@link Match.needsPassword}, only {@link linkWithPassword} does.
 * @throws {DomainError} `forbidden` `identity.sso_no_match`; `conflict` `identity.account_disabled`
 */
export async function linkMatch(ctx: Context, proven: Proven, device: Device): Promise<NewSession> {
	const match = await findMatch(ctx, proven);
	if (!match || match.needsPassword) throw new DomainError('forbidden', 'identity.sso_no_match');
	return ctx.db.transaction(async (tx) => {
		const accountId =
			match.accountId ??
			(await createAccount(ctx, tx, { personId: match.personId, displayName: match.fullName })).accountId;
		await tx
			.update(accounts)
			.set({ activatedAt: ctx.now })
			.where(and(eq(accounts.id, accountId), isNull(accounts.activatedAt)));
		return link(ctx, tx, accountId, proven, device);
	});
}

/**
 * Links the account whose name and password are given. Wrong ones are answered as at signing in, and slow down the same.
 * @throws {DomainError} `invalid` `identity.wrong_credentials`; `too_many` `identity.too_many_attempts`
 */
export async function linkWithPassword(
	ctx: Context,
	proven: Proven,
	{ name: typed, password }: { name: string; password: string },
	device: Device
): Promise<NewSession> {
	const name = toLoginName(typed);
	await claimAttempt(ctx.db, name, ctx.now);
	const account = await findAccountByName(ctx.db, name);
	const isRight = await verifyPassword(account?.passwordHash, password);
	if (!account || !isRight || account.disabledAt) throw new DomainError('invalid', 'identity.wrong_credentials');
	await forgetAttempts(ctx.db, name);
	return ctx.db.transaction((tx) => link(ctx, tx, account.id, proven, device));
}

async function link(
	ctx: Context,
	tx: Database,
	accountId: string,
	proven: Proven,
	device: Device
): Promise<NewSession> {
	const [account] = await tx
		.select({ disabledAt: accounts.disabledAt })
		.from(accounts)
		.where(eq(accounts.id, accountId));
	if (!account || account.disabledAt) throw new DomainError('conflict', 'identity.account_disabled');
	const { issuer, subject } = proven;
	await tx
		.insert(signOnLinks)
		.values({ issuer, subject, accountId, linkedAt: ctx.now })
		.onConflictDoUpdate({ target: [signOnLinks.issuer, signOnLinks.subject], set: { accountId, linkedAt: ctx.now } });
	await recordAudit(ctx, tx, 'account.sign_on_linked', { objectId: accountId, issuer });
	return begin(ctx, tx, accountId, proven, device);
}

const begin = (ctx: Context, tx: Database, accountId: string, { isTwoStep }: Proven, device: Device) =>
	beginSession(ctx, tx, accountId, {
		...{ isSharedMachine: false, steps: isTwoStep ? 'two' : 'one', by: 'single_sign_on' },
		...device
	});

/** When the own account was linked; nothing where it was not. */
export async function getOwnLink(ctx: Context): Promise<{ linkedAt: Date } | undefined> {
	const [found] = await ctx.db
		.select({ linkedAt: signOnLinks.linkedAt })
		.from(signOnLinks)
		.where(eq(signOnLinks.accountId, ownAccountId(ctx)));
	return found;
}

/**
 * Undoes the link of the own account; signing in goes by password again.
 * @throws {DomainError} `conflict` `identity.sso_only_way` for an account without a password
 */
export async function unlinkOwn(ctx: Context): Promise<void> {
	const accountId = ownAccountId(ctx);
	await ctx.db.transaction(async (tx) => {
		const [account] = await tx.select({ hash: accounts.passwordHash }).from(accounts).where(eq(accounts.id, accountId));
		if (!account?.hash) throw new DomainError('conflict', 'identity.sso_only_way');
		await tx.delete(signOnLinks).where(eq(signOnLinks.accountId, accountId));
		await recordAudit(ctx, tx, 'account.sign_on_unlinked', { objectId: accountId });
	});
}

function ownAccountId({ actor }: Context): string {
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	return actor.accountId;
}
