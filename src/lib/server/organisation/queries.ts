import { and, asc, eq, exists, isNull, or, type SQL, sql } from 'drizzle-orm';
import { likeContains } from '#lib/text/fold.ts';
import { normalisePhone } from '#lib/text/phone.ts';
import type { UnitScope } from '../identity/permissions.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { holdsOn } from './dated.ts';
import { inScope } from './scope.ts';
import { affiliations, categoryMemberships, people, units, unitVersions } from './tables.ts';

/** Order of Vietnamese lists: tên, then đệm, then họ. The same as `compareNames` of lib/text. */
export const BY_NAME: SQL[] = [
	sql`${people.givenName} collate "vi-x-icu"`,
	sql`substr(${people.fullName}, strpos(${people.fullName}, ' ') + 1) collate "vi-x-icu"`,
	sql`${people.fullName} collate "vi-x-icu"`,
	sql`${people.id}`
];

/** A row that stands for a person: neither merged into another nor struck off. */
export const isPerson = and(isNull(people.canonicalId), isNull(people.voidedAt));

/** The unit a person counts in on a day (`yyyy-mm-dd`), or undefined. */
export async function unitOf(db: Database, personId: string, day: string): Promise<string | undefined> {
	const [row] = await db
		.select({ unitId: affiliations.unitId })
		.from(affiliations)
		.where(and(eq(affiliations.personId, personId), holdsOn(affiliations, day)));
	return row?.unitId;
}

/** A unit as it stands on a day. `depth` is 1 for the province. */
export type Unit = {
	id: string;
	code: string;
	path: string;
	depth: number;
	name: string;
	shortName: string | null;
	type: (typeof unitVersions.$inferSelect)['type'];
	parentId: string | null;
	givesAggregates: boolean;
	version: number;
};

const unitColumns = {
	id: units.id,
	code: units.code,
	path: units.path,
	depth: sql<number>`nlevel(${units.path})`,
	name: unitVersions.name,
	shortName: unitVersions.shortName,
	type: unitVersions.type,
	parentId: unitVersions.parentId,
	givesAggregates: units.givesAggregates,
	version: units.version
};

/** Day that every present unit holds on: what lists show unless they are about another time. */
const PRESENT = sql<string>`(now() at time zone 'Asia/Ho_Chi_Minh')::date`;

/** Units of the scope that exist on `day` (today where left out), parents before children, siblings by name. */
export function listUnits(db: Database, scope: UnitScope, { day, text }: { day?: string; text?: string } = {}) {
	const on = day ? sql`${day}::date` : PRESENT;
	return db
		.select(unitColumns)
		.from(units)
		.innerJoin(
			unitVersions,
			and(
				eq(unitVersions.unitId, units.id),
				sql`${unitVersions.validFrom} <= ${on} and (${unitVersions.validTo} is null or ${unitVersions.validTo} > ${on})`
			)
		)
		.where(
			and(
				inScope(units.path, scope),
				text
					? or(
							sql`fold(${unitVersions.name}) like ${likeContains(text)}`,
							sql`fold(${units.code}) like ${likeContains(text)}`
						)
					: undefined
			)
		)
		.orderBy(sql`nlevel(${units.path})`, sql`${unitVersions.name} collate "vi-x-icu"`);
}

/**
 * A unit with its last name and place, also one that is closed.
 * @throws {DomainError} `not_found` when there is none within the scope
 */
export async function getUnit(db: Database, scope: UnitScope, unitId: string) {
	const [unit] = await db
		.select({ ...unitColumns, validFrom: unitVersions.validFrom, closedOn: unitVersions.validTo })
		.from(units)
		.innerJoin(unitVersions, eq(unitVersions.unitId, units.id))
		.where(and(eq(units.id, unitId), inScope(units.path, scope)))
		.orderBy(sql`${unitVersions.validFrom} desc`)
		.limit(1);
	if (!unit) throw new DomainError('not_found', 'organisation.unit_not_found');
	return unit;
}

/** The id of the unit with this code, for the command line and imports. */
export async function findUnitIdByCode(db: Database, code: string): Promise<string | undefined> {
	const [unit] = await db.select({ id: units.id }).from(units).where(eq(units.code, code));
	return unit?.id;
}

/** One person found by name or telephone, with the present unit. */
export type FoundPerson = {
	personId: string;
	fullName: string;
	birthYear: number | null;
	position: string | null;
	unitId: string;
	unitName: string;
};

/**
 * People who count in the scope's units on `day`, by any part of the name (with or without marks) or the whole telephone
 * number; for pickers. At most `limit` rows in the order of names.
 */
export function searchPeople(
	db: Database,
	scope: UnitScope,
	text: string,
	{ limit = 20, day }: { limit?: number; day: string }
): Promise<FoundPerson[]> {
	const phone = normalisePhone(text);
	return db
		.select({
			personId: people.id,
			fullName: people.fullName,
			birthYear: people.birthYear,
			position: affiliations.position,
			unitId: affiliations.unitId,
			unitName: unitVersions.name
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.where(
			and(
				isPerson,
				inScope(units.path, scope),
				phone ? eq(people.phone, phone) : sql`${people.searchName} like ${likeContains(text)}`
			)
		)
		.orderBy(...BY_NAME)
		.limit(limit);
}

/** Whom a roster holds: the units at and below `unitPath` (all, where left out), on a day, of one category if named. */
export type RosterQuery = Readonly<{ unitPath?: string; unitId?: string; day: string; category?: string }>;

/** A person on a roster of a day, with the categories that held then. */
export type RosterMember = {
	personId: string;
	fullName: string;
	givenName: string;
	phone: string | null;
	position: string | null;
	unitId: string;
	unitName: string;
	categories: string[];
};

/** Everyone who counted in the given units on that day, in the order of names; each person once. */
export function rosterAsOf(db: Database, { unitPath, unitId, day, category }: RosterQuery): Promise<RosterMember[]> {
	const memberships = db
		.select({ one: sql`1` })
		.from(categoryMemberships)
		.where(
			and(
				eq(categoryMemberships.personId, people.id),
				holdsOn(categoryMemberships, day),
				category ? eq(categoryMemberships.categoryCode, category) : undefined
			)
		);
	return db
		.select({
			personId: people.id,
			fullName: people.fullName,
			givenName: people.givenName,
			phone: people.phone,
			position: affiliations.position,
			unitId: affiliations.unitId,
			unitName: unitVersions.name,
			categories: sql<string[]>`array(select ${categoryMemberships.categoryCode} from ${categoryMemberships}
				where ${categoryMemberships.personId} = ${people.id} and ${holdsOn(categoryMemberships, day)} order by 1)`
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.where(
			and(
				isPerson,
				unitPath ? sql`${units.path} <@ ${unitPath}::ltree` : undefined,
				unitId ? eq(units.id, unitId) : undefined,
				category ? exists(memberships) : undefined
			)
		)
		.orderBy(...BY_NAME.slice(0, 3), asc(people.id));
}
