import { and, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { suggestUsername, toLoginName } from '#lib/identity/login-name.ts';
import { recordAudit } from '../audit/record.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import type { Role } from './actor.ts';
import { hashPassword } from './passwords.ts';
import { endSessions } from './sessions.ts';
import { accounts, roleGrants } from './tables.ts';

/** A new account. Without a password it waits for its slip; without a user name one is made from the phone or the name. */
export type NewAccount = Readonly<{
	displayName: string;
	personId?: string;
	username?: string;
	phone?: string;
	email?: string;
	password?: string;
	isDemo?: boolean;
	mustChangePassword?: boolean;
}>;

const UNIQUE_VIOLATION = '23505';

/**
 * Makes an account in the caller's transaction; the caller has authorised it.
 * @throws {DomainError} `conflict` `identity.username_taken` when the given user name, phone or e-mail is another account's
 */
export async function createAccount(ctx: Context, tx: Database, account: NewAccount): Promise<{ accountId: string }> {
	const phone = account.phone && !(await isNameTaken(tx, account.phone)) ? account.phone : null;
	const username = account.username ? toLoginName(account.username) : (phone ?? (await freeUsername(tx, account)));
	const passwordHash = account.password ? await hashPassword(account.password) : null;
	try {
		const [created] = await tx
			.insert(accounts)
			.values({
				personId: account.personId,
				displayName: account.displayName,
				username,
				phone,
				email: account.email,
				passwordHash,
				mustChangePassword: account.mustChangePassword ?? false,
				activatedAt: passwordHash ? ctx.now : null,
				isDemo: account.isDemo ?? false,
				recordedAt: ctx.now
			})
			.returning({ id: accounts.id });
		if (!created) throw new Error('insert into account returned no row');
		await recordAudit(ctx, tx, 'account.created', { objectId: created.id, personId: account.personId });
		return { accountId: created.id };
	} catch (error) {
		if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('conflict', 'identity.username_taken');
		throw error;
	}
}

/** The account a login name stands for: a user name first, then a phone number, then an e-mail address. */
export async function findAccountByName(db: Database, name: string) {
	const [found] = await db
		.select({
			id: accounts.id,
			passwordHash: accounts.passwordHash,
			disabledAt: accounts.disabledAt,
			username: accounts.username
		})
		.from(accounts)
		.where(or(eq(accounts.username, name), eq(accounts.phone, name), eq(accounts.email, name)))
		.orderBy(sql`${accounts.username} = ${name} desc`, sql`${accounts.phone} = ${name} desc nulls last`)
		.limit(1);
	return found;
}

/** Roles of an account on a day, with their units. */
export function listGrants(db: Database, accountId: string, day: string) {
	return db
		.select({ id: roleGrants.id, role: roleGrants.role, unitId: roleGrants.unitId, validFrom: roleGrants.validFrom })
		.from(roleGrants)
		.where(
			and(
				eq(roleGrants.accountId, accountId),
				lte(roleGrants.validFrom, day),
				or(isNull(roleGrants.validTo), gt(roleGrants.validTo, day))
			)
		);
}

/** Gives a role from today on, in the caller's transaction; a role that is held already stays as it is. */
export async function addGrant(
	ctx: Context,
	tx: Database,
	grant: { accountId: string; role: Role; unitId: string }
): Promise<void> {
	const added = await tx
		.insert(roleGrants)
		.values({ ...grant, validFrom: today(ctx), grantedBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null })
		.onConflictDoNothing()
		.returning({ id: roleGrants.id });
	if (added.length === 0) return;
	await recordAudit(ctx, tx, 'role.granted', { objectId: grant.accountId, unitId: grant.unitId, role: grant.role });
}

/** Takes a role away from today on; one given today vanishes, as if it had never been. */
export async function endGrant(ctx: Context, tx: Database, accountId: string, grantId: string): Promise<void> {
	const isIt = and(eq(roleGrants.id, grantId), eq(roleGrants.accountId, accountId), isNull(roleGrants.validTo));
	const [ended] = await tx
		.update(roleGrants)
		.set({ validTo: today(ctx) })
		.where(and(isIt, sql`${roleGrants.validFrom} < ${today(ctx)}`))
		.returning({ role: roleGrants.role, unitId: roleGrants.unitId });
	const [removed] = ended
		? [ended]
		: await tx.delete(roleGrants).where(isIt).returning({ role: roleGrants.role, unitId: roleGrants.unitId });
	if (!removed) throw new DomainError('not_found', 'identity.role_missing');
	await recordAudit(ctx, tx, 'role.ended', { objectId: accountId, unitId: removed.unitId, role: removed.role });
}

/** Shuts an account or opens it again; shutting ends its sessions at once (ASVS 5.0, 7.4.2). */
export async function setDisabled(ctx: Context, tx: Database, accountId: string, isDisabled: boolean): Promise<void> {
	await tx
		.update(accounts)
		.set({ disabledAt: isDisabled ? ctx.now : null })
		.where(eq(accounts.id, accountId));
	if (isDisabled) await endSessions(tx, accountId);
	await recordAudit(ctx, tx, isDisabled ? 'account.disabled' : 'account.enabled', { objectId: accountId });
}

/** Sets a password that its owner must replace, and ends every session; for the command line. */
export async function setPassword(ctx: Context, tx: Database, accountId: string, password: string): Promise<void> {
	const passwordHash = await hashPassword(password);
	await tx
		.update(accounts)
		.set({ passwordHash, mustChangePassword: true, activatedAt: sql`coalesce(${accounts.activatedAt}, now())` })
		.where(eq(accounts.id, accountId));
	await endSessions(tx, accountId);
	await recordAudit(ctx, tx, 'account.password_reset', { objectId: accountId });
}

async function isNameTaken(db: Database, name: string): Promise<boolean> {
	return (await findAccountByName(db, name)) !== undefined;
}

/** `annv`, or with the first free number behind it where others came first. */
async function freeUsername(db: Database, { displayName }: NewAccount): Promise<string> {
	const base = suggestUsername(displayName);
	const rows = await db.execute<{ username: string }>(
		sql`select username::text from account where username ~ ${`^${base}[0-9]*$`}`
	);
	const taken = new Set(rows.map(({ username }) => username.toLowerCase()));
	if (!taken.has(base)) return base;
	for (let n = 2; ; n++) if (!taken.has(`${base}${n}`)) return `${base}${n}`;
}
