import { and, desc, eq, getTableColumns, or, type SQL, sql } from 'drizzle-orm';
import { likeContains } from '#lib/text/fold.ts';
import { normalisePhone } from '#lib/text/phone.ts';
import { readPersonalNumber } from '#lib/text/personal-number.ts';
import { accounts } from '../identity/tables.ts';
import type { UnitScope } from '../identity/permissions.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { holdsOn } from './dated.ts';
import { BY_NAME, isPerson } from './queries.ts';
import { inScope } from './scope.ts';
import { affiliations, categories, categoryMemberships, people, units, unitVersions } from './tables.ts';

/** Rows of one page of the roster. */
export const PAGE_SIZE = 50;

/** What the roster's list is narrowed to; everything may be left out. */
export type RosterFilter = Readonly<{
	text?: string;
	/** This unit and all below it. */
	unitPath?: string;
	category?: string;
	account?: 'with' | 'without';
	training?: 'trained' | 'untrained';
	/** 1-based. */
	page?: number | 'all';
	/** Keyed hash of the text when it is a personal number. */
	personalNumberHmac?: Buffer;
}>;

const categoryList = (day: string) => sql<string[]>`array(select ${categories.nameVi}
	from ${categoryMemberships} join ${categories} on ${categories.code} = ${categoryMemberships.categoryCode}
	where ${categoryMemberships.personId} = ${people.id} and ${holdsOn(categoryMemberships, day)}
	order by ${categories.position})`;

/** One page, or all, of the people who count in the scope's units on `day`, in the order of names, and how many there are. */
export async function listRoster(db: Database, scope: UnitScope, filter: RosterFilter, day: string) {
	const where = and(isPerson, inScope(units.path, scope), ...conditions(filter, day));
	const page = filter.page === 'all' ? 1 : Math.max(1, filter.page ?? 1);
	const found = db
		.select({
			personId: people.id,
			fullName: people.fullName,
			birthYear: people.birthYear,
			phone: people.phone,
			position: affiliations.position,
			unitId: affiliations.unitId,
			unitName: unitVersions.name,
			categories: categoryList(day),
			account: sql<'active' | 'waiting' | null>`case when ${accounts.id} is null then null
				when ${accounts.activatedAt} is null then 'waiting' else 'active' end`,
			trained: isTrained(day)
		})
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.innerJoin(unitVersions, and(eq(unitVersions.unitId, units.id), holdsOn(unitVersions, day)))
		.leftJoin(accounts, eq(accounts.personId, people.id))
		.where(where)
		.orderBy(...BY_NAME)
		.$dynamic();
	if (filter.page === 'all') {
		const rows = await found;
		return { rows, total: rows.length, page };
	}
	const rows = await found.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE);
	const [counted] = await db
		.select({ total: sql<number>`count(*)::int` })
		.from(people)
		.innerJoin(affiliations, and(eq(affiliations.personId, people.id), holdsOn(affiliations, day)))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.leftJoin(accounts, eq(accounts.personId, people.id))
		.where(where);
	return { rows, total: counted?.total ?? 0, page };
}

/**
 * Được tập huấn as the targets count it: a counted completion in the stage of the plan that `day` lies in. These tables
 * belong to modules further right, so they are named here and not imported.
 */
const isTrained = (day: string) => sql<boolean>`exists (select 1 from first_completion f
	join target_stage s on ${day}::date between s.starts_on and s.ends_on
	where f.person_id = ${people.id} and f.completed_on between s.starts_on and ${day}::date)`;

function conditions(filter: RosterFilter, day: string): (SQL | undefined)[] {
	const { text, unitPath, category, account, training } = filter;
	return [
		text ? textCondition(text, filter.personalNumberHmac) : undefined,
		unitPath ? sql`${units.path} <@ ${unitPath}::ltree` : undefined,
		category
			? sql`exists (select 1 from ${categoryMemberships} where ${categoryMemberships.personId} = ${people.id}
				and ${categoryMemberships.categoryCode} = ${category} and ${holdsOn(categoryMemberships, day)})`
			: undefined,
		account ? (account === 'with' ? sql`${accounts.id} is not null` : sql`${accounts.id} is null`) : undefined,
		training ? (training === 'trained' ? isTrained(day) : sql`not ${isTrained(day)}`) : undefined
	];
}

function textCondition(text: string, hmac: Buffer | undefined): SQL | undefined {
	const phone = normalisePhone(text);
	const byNumber = hmac && readPersonalNumber(text) ? eq(people.personalNumberHmac, hmac) : undefined;
	const byPhone = phone ? eq(people.phone, phone) : undefined;
	return or(sql`${people.searchName} like ${likeContains(text)}`, byPhone, byNumber);
}

/** The row that stands for a person: their own, or the one that theirs was merged into. */
export async function canonicalId(db: Database, personId: string): Promise<string> {
	const [row] = await db
		.select({ id: sql<string>`coalesce(${people.canonicalId}, ${people.id})` })
		.from(people)
		.where(eq(people.id, personId));
	return row?.id ?? personId;
}

/**
 * A person's row with the present unit. People without a unit at present are seen by whoever covers their last one.
 * @throws {DomainError} `not_found` when there is none within the scope
 */
export async function getPersonRow(db: Database, scope: UnitScope, personId: string, day: string) {
	const [person] = await db
		.select({
			...getTableColumns(people),
			affiliationId: sql<string | null>`case when ${holdsOn(affiliations, day)} then ${affiliations.id} end`,
			unitId: sql<string | null>`case when ${holdsOn(affiliations, day)} then ${affiliations.unitId} end`,
			position: affiliations.position
		})
		.from(people)
		.innerJoin(affiliations, eq(affiliations.personId, people.id))
		.innerJoin(units, eq(units.id, affiliations.unitId))
		.where(and(eq(people.id, personId), isPerson, inScope(units.path, scope), isLastAffiliation(day)))
		.limit(1);
	if (!person) throw new DomainError('not_found', 'organisation.person_not_found');
	return person;
}

/** The affiliation that holds on the day, else the last one: the unit that answers for the person. */
function isLastAffiliation(day: string): SQL {
	return sql`${affiliations.id} = (select a.id from affiliation a where a.person_id = ${people.id}
		order by (a.valid_from <= ${day} and (a.valid_to is null or a.valid_to > ${day})) desc, a.valid_from desc limit 1)`;
}

/** Units a person has counted in, newest first. Units outside the scope are named, since the person's history shows them. */
export function listAffiliations(db: Database, personId: string) {
	return db
		.select({
			id: affiliations.id,
			unitId: affiliations.unitId,
			unitName: sql<string>`(select v.name from unit_version v where v.unit_id = affiliation.unit_id
				order by (v.valid_from <= coalesce(affiliation.valid_to - 1, current_date)) desc, v.valid_from desc limit 1)`,
			position: affiliations.position,
			validFrom: affiliations.validFrom,
			validTo: affiliations.validTo,
			endReason: affiliations.endReason
		})
		.from(affiliations)
		.where(eq(affiliations.personId, personId))
		.orderBy(desc(affiliations.validFrom));
}

/** A person's times in categories, open ones first. */
export function listMemberships(db: Database, personId: string) {
	return db
		.select({
			id: categoryMemberships.id,
			categoryCode: categoryMemberships.categoryCode,
			nameVi: categories.nameVi,
			nameEn: categories.nameEn,
			level: categoryMemberships.level,
			decisionNo: categoryMemberships.decisionNo,
			decisionDate: categoryMemberships.decisionDate,
			/** Names of the fields of law, in the province's words; a text that names none as it was typed. */
			legalFields: sql<
				string[]
			>`array(select coalesce(f.name_vi, field) from unnest(category_membership.legal_fields) field
				left join legal_field f on f.code = field)`,
			validFrom: categoryMemberships.validFrom,
			validTo: categoryMemberships.validTo,
			endReason: categoryMemberships.endReason
		})
		.from(categoryMemberships)
		.innerJoin(categories, eq(categories.code, categoryMemberships.categoryCode))
		.where(eq(categoryMemberships.personId, personId))
		.orderBy(
			sql`${categoryMemberships.validTo} is null desc`,
			desc(categoryMemberships.validFrom),
			categories.position
		);
}
