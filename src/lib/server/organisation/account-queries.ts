import { and, eq, inArray, isNull, max, or, type SQL, sql } from 'drizzle-orm';
import { toLoginName } from '#lib/identity/login-name.ts';
import { likeContains } from '#lib/text/fold.ts';
import type { UnitScope } from '../identity/permissions.ts';
import { accounts, sessions } from '../identity/tables.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { holdsOn } from './dated.ts';
import { BY_NAME, isPerson } from './queries.ts';
import { inScope } from './scope.ts';
import { affiliations, people, units, unitVersions } from './tables.ts';

/** Rows of one page. */
const ACCOUNTS_PER_PAGE = 50;

export const ACCOUNT_STATES = ['none', 'waiting', 'active', 'disabled'] as const;
type AccountState = (typeof ACCOUNT_STATES)[number];

/** What the list is narrowed to; `unitPath` is this unit and all below it, `page` counts from 1. */
export type AccountFilter = Readonly<{ text?: string; unitPath?: string; state?: AccountState; page?: number | 'all' }>;

const STATE = sql<AccountState>`case when ${accounts.id} is null then 'none' when ${accounts.disabledAt} is not null then 'disabled'
	when ${accounts.activatedAt} is null then 'waiting' else 'active' end`;

const columns = {
	personId: people.id,
	fullName: people.fullName,
	phone: people.phone,
	email: people.email,
	unitName: unitVersions.name,
	accountId: accounts.id,
	username: accounts.username,
	activatedAt: accounts.activatedAt,
	disabledAt: accounts.disabledAt,
	isTwoStepOn: sql<boolean>`${accounts.totpConfirmedAt} is not null`,
	state: STATE,
	total: sql<number>`count(*) over ()::int`
};

/** Rows of people with unit and account on a day, of the scope. */
function membersOf(db: Database, scope: UnitScope, day: string, ...conditions: (SQL | undefined)[]) {
	return db
		.select(columns)
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.leftJoin(accounts, eq(accounts.personId, people.id))
		.where(and(isPerson, inScope(units.path, scope), ...conditions))
		.orderBy(...BY_NAME)
		.$dynamic();
}

/** One page, or all, of the people in the order of names, and how many there are. */
export async function listAccountRows(db: Database, scope: UnitScope, filter: AccountFilter, day: string) {
	const { text, unitPath, state } = filter;
	const conditions = [
		text ? textCondition(text) : undefined,
		unitPath ? sql`${units.path} <@ ${unitPath}::ltree` : undefined,
		state ? sql`${STATE} = ${state}` : undefined
	];
	const page = filter.page === 'all' ? 1 : Math.max(1, filter.page ?? 1);
	const found = membersOf(db, scope, day, ...conditions);
	const rows =
		filter.page === 'all' ? await found : await found.limit(ACCOUNTS_PER_PAGE).offset((page - 1) * ACCOUNTS_PER_PAGE);
	const total = rows[0]?.total ?? 0;
	return { rows, total, page, pageCount: Math.max(1, Math.ceil(total / ACCOUNTS_PER_PAGE)) };
}

function textCondition(text: string): SQL | undefined {
	const name = toLoginName(text);
	return or(
		sql`${people.searchName} like ${likeContains(text)}`,
		eq(people.phone, name),
		eq(accounts.phone, name),
		eq(accounts.username, name)
	);
}

/** People of a unit who have not activated an account, also those without one; closed accounts are left out. */
export function listUnitMembers(db: Database, unit: { id: string; path: string }, withSubunits: boolean, day: string) {
	return membersOf(
		db,
		{ kind: 'subtrees', paths: [unit.path] },
		day,
		withSubunits ? undefined : eq(units.id, unit.id),
		sql`${STATE} in ('none', 'waiting')`
	);
}

/**
 * One person with account by either id. An account without a person is reached through the units it holds roles in.
 * @throws {DomainError} `not_found` `identity.account_missing` when there is none within the scope
 */
export async function getAccountRow(
	db: Database,
	scope: UnitScope,
	by: { personId: string } | { accountId: string },
	day: string
) {
	const byId = 'personId' in by ? eq(people.id, by.personId) : eq(accounts.id, by.accountId);
	const [member] = await membersOf(db, scope, day, byId);
	if (member) return { ...member, lastSeenAt: await lastSeen(db, member.accountId) };
	const [operator] = 'accountId' in by ? await operatorsOf(db, scope, day, eq(accounts.id, by.accountId)) : [];
	if (!operator) throw new DomainError('not_found', 'identity.account_missing');
	return { ...operator, lastSeenAt: await lastSeen(db, operator.accountId) };
}

/** Accounts without a person of the roster that hold a role within the scope. */
export function listOperatorRows(db: Database, scope: UnitScope, day: string) {
	return operatorsOf(db, scope, day);
}

function operatorsOf(db: Database, scope: UnitScope, day: string, condition?: SQL) {
	return db
		.select({
			personId: sql<string | null>`null`,
			fullName: accounts.displayName,
			phone: accounts.phone,
			email: accounts.email,
			unitName: sql<string>`''`,
			accountId: accounts.id,
			username: accounts.username,
			activatedAt: accounts.activatedAt,
			disabledAt: accounts.disabledAt,
			isTwoStepOn: sql<boolean>`${accounts.totpConfirmedAt} is not null`,
			state: STATE
		})
		.from(accounts)
		.where(
			and(
				isNull(accounts.personId),
				condition,
				sql`exists (select 1 from role_grant g join ${units} on ${units.id} = g.unit_id where g.account_id = account.id
					and g.valid_from <= ${day} and (g.valid_to is null or g.valid_to > ${day}) and ${inScope(units.path, scope)})`
			)
		)
		.orderBy(accounts.displayName);
}

async function lastSeen(db: Database, accountId: string | null): Promise<Date | null> {
	if (!accountId) return null;
	const [row] = await db
		.select({ at: max(sessions.lastSeenAt) })
		.from(sessions)
		.where(eq(sessions.accountId, accountId));
	return row?.at ?? null;
}

/** Present ltree paths of units. */
export async function listUnitPaths(db: Database, unitIds: readonly string[]): Promise<string[]> {
	if (unitIds.length === 0) return [];
	const rows = await db
		.select({ path: units.path })
		.from(units)
		.where(inArray(units.id, [...unitIds]));
	return rows.map(({ path }) => path);
}
