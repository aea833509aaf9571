import { eq, sql } from 'drizzle-orm';
import { addGrant, createAccount, endGrant, listGrants, setDisabled } from '../identity/accounts.ts';
import type { Role } from '../identity/actor.ts';
import { authorise, covers, type UnitScope } from '../identity/permissions.ts';
import { endSessions } from '../identity/sessions.ts';
import { accounts } from '../identity/tables.ts';
import { removeTwoStep } from '../identity/two-step.ts';
import { issueToken, type TokenPurpose } from '../identity/tokens.ts';
import { recordAudit } from '../audit/record.ts';
import { type Context, today } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import {
	type AccountFilter,
	getAccountRow,
	listAccountRows,
	listOperatorRows,
	listUnitMembers,
	listUnitPaths
} from './account-queries.ts';
import { getUnit, listUnits, unitOf } from './queries.ts';

/** A slip to hand to a person: what is printed on it. The secret exists only here and on the paper. */
export type Slip = Readonly<{
	accountId: string;
	fullName: string;
	unitName: string;
	username: string;
	purpose: TokenPurpose;
	secret: string;
	expiresAt: Date;
}>;

/** One page of the people whom the actor manages, with the state of their accounts. */
export async function listAccounts(ctx: Context, filter: AccountFilter) {
	const scope = authorise(ctx.actor, 'account:manage');
	return listAccountRows(ctx.db, scope, filter, today(ctx));
}

/** Accounts outside the roster that hold roles in the actor's units. */
export async function listOperators(ctx: Context) {
	return listOperatorRows(ctx.db, authorise(ctx.actor, 'account:manage'), today(ctx));
}

/** Units whose accounts the actor manages, for choosing. */
export async function listManagedUnits(ctx: Context) {
	return listUnits(ctx.db, authorise(ctx.actor, 'account:manage'));
}

/**
 * A slip for one person: activates the account, made when there is none, or sets a new password for one in use.
 * @throws {DomainError} `not_found`; `forbidden` `identity.account_beyond_reach` for one who holds a role further up
 */
export async function issueSlip(ctx: Context, personId: string): Promise<Slip> {
	const scope = authorise(ctx.actor, 'account:manage');
	const person = await getAccountRow(ctx.db, scope, { personId }, today(ctx));
	return ctx.db.transaction((tx) => slipFor(ctx, tx, scope, person));
}

/** Slips for everyone of a unit, and of those below it if asked, who has not activated an account yet. */
export async function issueUnitSlips(
	ctx: Context,
	{ unitId, withSubunits }: { unitId: string; withSubunits: boolean }
): Promise<Slip[]> {
	const scope = authorise(ctx.actor, 'account:manage');
	const unit = await getUnit(ctx.db, scope, unitId);
	return ctx.db.transaction(async (tx) => {
		const members = await listUnitMembers(tx, unit, withSubunits, today(ctx));
		const slips: Slip[] = [];
		for (const member of members) slips.push(await slipFor(ctx, tx, scope, member));
		await recordAudit(ctx, tx, 'account.slips_printed', { objectId: unitId, unitId, count: slips.length });
		return slips;
	});
}

type Holder = Readonly<{
	personId: string | null;
	fullName: string;
	unitName: string;
	phone: string | null;
	email: string | null;
	accountId: string | null;
	username: string | null;
	activatedAt: Date | null;
	disabledAt: Date | null;
}>;

async function slipFor(ctx: Context, tx: Database, scope: UnitScope, holder: Holder): Promise<Slip> {
	const { fullName, unitName, personId } = holder;
	if (holder.disabledAt) throw new DomainError('conflict', 'identity.account_disabled');
	if (holder.accountId) await refuseBeyondReach(ctx, tx, scope, holder.accountId);
	const accountId = holder.accountId ?? (await createFor(ctx, tx, holder));
	const [account] = await tx.select({ username: accounts.username }).from(accounts).where(eq(accounts.id, accountId));
	const purpose = holder.activatedAt ? 'reset' : 'activate';
	const { secret, expiresAt } = await issueToken(ctx, tx, accountId, purpose);
	if (!account) throw new Error(`account ${accountId} of person ${personId} vanished`);
	return { accountId, fullName, unitName, username: account.username, purpose, secret, expiresAt };
}

async function createFor(ctx: Context, tx: Database, holder: Holder): Promise<string> {
	if (!holder.personId) throw new DomainError('not_found', 'identity.account_missing');
	const { accountId } = await createAccount(ctx, tx, {
		personId: holder.personId,
		displayName: holder.fullName,
		phone: holder.phone ?? undefined,
		email: holder.email ?? undefined
	});
	return accountId;
}

/**
 * Whoever resets a password can sign in as its owner. So an account that holds a role outside the actor's own units is not
 * theirs to touch, though its person works there: a commune's admin must not become the province's.
 */
async function refuseBeyondReach(ctx: Context, db: Database, scope: UnitScope, accountId: string): Promise<void> {
	const grants = await listGrants(db, accountId, today(ctx));
	const paths = await listUnitPaths(
		db,
		grants.map(({ unitId }) => unitId)
	);
	if (paths.every((path) => covers(scope, path))) return;
	throw new DomainError('forbidden', 'identity.account_beyond_reach');
}

/** An account within the actor's reach. @throws {DomainError} `not_found`, `forbidden` */
async function getManaged(ctx: Context, accountId: string) {
	const scope = authorise(ctx.actor, 'account:manage');
	const account = await getAccountRow(ctx.db, scope, { accountId }, today(ctx));
	await refuseBeyondReach(ctx, ctx.db, scope, accountId);
	return account;
}

/** One account with its roles, for its page. Roles further up are shown, so that the refusal to come is understood. */
export async function getAccount(ctx: Context, accountId: string) {
	const scope = authorise(ctx.actor, 'account:manage');
	const account = await getAccountRow(ctx.db, scope, { accountId }, today(ctx));
	const grants = await listGrants(ctx.db, accountId, today(ctx));
	const units = await listUnits(ctx.db, { kind: 'everything' });
	const nameOf = new Map(units.map((unit) => [unit.id, unit.name]));
	return { ...account, roles: grants.map((grant) => ({ ...grant, unitName: nameOf.get(grant.unitId) ?? '' })) };
}

/** Closes or reopens an account; closing ends its sessions. Nobody closes the own one. */
export async function closeAccount(ctx: Context, accountId: string, isDisabled: boolean): Promise<void> {
	await getManaged(ctx, accountId);
	if (ctx.actor.kind === 'account' && ctx.actor.accountId === accountId) {
		throw new DomainError('conflict', 'identity.own_account');
	}
	await ctx.db.transaction((tx) => setDisabled(ctx, tx, accountId, isDisabled));
}

/** Ends every session of an account, as after a telephone was lost (ASVS 5.0, 7.4.5). */
export async function endAccountSessions(ctx: Context, accountId: string): Promise<void> {
	await getManaged(ctx, accountId);
	await ctx.db.transaction(async (tx) => {
		const count = await endSessions(tx, accountId);
		await recordAudit(ctx, tx, 'session.ended_by_admin', { objectId: accountId, count });
	});
}

/**
 * Removes the second step of an account whose owner lost the telephone and the codes. Kept for those who may grant roles:
 * with a slip and this, an account is in new hands.
 */
export async function removeAccountTwoStep(ctx: Context, accountId: string): Promise<void> {
	authorise(ctx.actor, 'role:grant');
	await getManaged(ctx, accountId);
	await ctx.db.transaction(async (tx) => {
		await removeTwoStep(ctx, tx, accountId);
		await endSessions(tx, accountId);
	});
}

/** Gives an account a role in a unit and all below it. */
export async function grantRole(
	ctx: Context,
	{ accountId, role, unitId }: { accountId: string; role: Role; unitId: string }
): Promise<void> {
	const scope = authorise(ctx.actor, 'role:grant');
	await getAccountRow(ctx.db, scope, { accountId }, today(ctx));
	await getUnit(ctx.db, scope, unitId);
	await ctx.db.transaction((tx) => addGrant(ctx, tx, { accountId, role, unitId }));
}

/** Takes a role away. The last province admin keeps theirs: nobody could give it back. */
export async function endRole(ctx: Context, accountId: string, grantId: string): Promise<void> {
	const scope = authorise(ctx.actor, 'role:grant');
	await getAccountRow(ctx.db, scope, { accountId }, today(ctx));
	await ctx.db.transaction(async (tx) => {
		// One at a time: two admins who take each other's role away at once would both find another one left.
		await tx.execute(sql`select pg_advisory_xact_lock(hashtext('role_grant.province_admin'))`);
		await endGrant(ctx, tx, accountId, grantId);
		const [left] = await tx.execute<{ exists: boolean }>(sql`
			select exists (select 1 from role_grant g join account a on a.id = g.account_id
				where g.role = 'province_admin' and g.valid_to is null and a.disabled_at is null) as exists`);
		if (!left?.exists) throw new DomainError('conflict', 'identity.last_admin');
	});
}

/** The name of the unit that a slip's person works in, to be read before the slip is used. */
export async function slipUnitName(ctx: Context, personId: string | null): Promise<string | undefined> {
	if (!personId) return undefined;
	const unitId = await unitOf(ctx.db, personId, today(ctx));
	return unitId ? (await getUnit(ctx.db, { kind: 'everything' }, unitId)).name : undefined;
}
