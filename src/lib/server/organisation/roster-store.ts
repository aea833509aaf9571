import { sql } from 'drizzle-orm';
import { nameKey } from '#lib/text/names.ts';
import { type Journaled, noteBefore, noteCreated, sealChangeSet } from '../audit/change-journal.ts';
import { covers, type UnitScope } from '../identity/permissions.ts';
import type { Database } from '../platform/database.ts';
import type { NumberVault } from './personal-numbers.ts';
import type { KnownPerson, PlacedRow } from './roster-file/match.ts';
import type { Writes } from './roster-file/plan.ts';
import { affiliations, categoryMemberships, people } from './tables.ts';

type CandidateRow = Omit<KnownPerson, 'isInScope'> & { path: string | null };

/** People anywhere who share a number, a telephone or a folded name with one of the rows; one query for all of them. */
export async function loadCandidates(
	db: Database,
	scope: UnitScope,
	rows: readonly PlacedRow[],
	day: string
): Promise<KnownPerson[]> {
	const list = (values: (string | undefined)[]) => JSON.stringify([...new Set(values.filter(Boolean))]);
	// Joins, which hash or look up: while an import fills an empty roster the planner thinks it small, and compares every
	// person with every value of an array.
	const found = await db.execute<CandidateRow>(sql`
		with wanted as (
			select one.id from jsonb_array_elements_text(${list(rows.map(({ numberHmac }) => numberHmac))}::jsonb) v
				join person one on one.personal_number_hmac = decode(v, 'hex')
			union
			select one.id from jsonb_array_elements_text(${list(rows.map(({ phone }) => phone))}::jsonb) v
				join person one on one.phone = v
			union
			select one.id from jsonb_array_elements_text(${list(rows.map(({ fullName }) => nameKey(fullName)))}::jsonb) v
				join person one on one.search_name = v
		)
		select p.id, p.full_name as "fullName", p.search_name as "searchName", p.given_name as "givenName",
			encode(p.personal_number_hmac, 'hex') as "numberHmac", p.phone, p.email,
			p.birth_date::text as "birthDate", p.birth_year as "birthYear", p.gender, p.qualification,
			p.qualification_note as "qualificationNote", p.experience_years as "experienceYears",
			case when last.holds then last.unit_id end as "unitId", last.name as "unitName", last.path::text as path,
			case when last.holds then last.id end as "affiliationId", case when last.holds then last.position end as position,
			case when not last.holds then last.valid_to::text end as "freeSince",
			coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'categoryCode', m.category_code, 'level', m.level,
				'decisionNo', m.decision_no, 'decisionDate', m.decision_date, 'legalFields', m.legal_fields,
				'validFrom', m.valid_from, 'validTo', m.valid_to) order by m.valid_from)
				from category_membership m where m.person_id = p.id), '[]') as memberships
		from person p
		left join lateral (
			select a.id, a.unit_id, a.position, a.valid_to, u.path, h.holds,
				(select v.name from unit_version v where v.unit_id = u.id order by v.valid_from desc limit 1) as name
			from affiliation a join unit u on u.id = a.unit_id
			cross join lateral (select a.valid_from <= ${day} and (a.valid_to is null or a.valid_to > ${day}) as holds) h
			where a.person_id = p.id order by h.holds desc, a.valid_from desc limit 1
		) last on true
		where p.id in (select id from wanted) and p.canonical_id is null and p.voided_at is null`);
	return found.map(({ path, ...person }) => ({ ...person, isInScope: path !== null && covers(scope, path) }));
}

/** What an import makes and changes, for its undo. */
export const JOURNALED = {
	people: {
		table: people,
		columns: [
			...['full_name', 'given_name', 'search_name', 'birth_date', 'birth_year', 'gender', 'phone', 'email'],
			...['personal_number_encrypted', 'personal_number_hmac'],
			...['qualification', 'qualification_note', 'experience_years', 'canonical_id', 'voided_at']
		]
	},
	places: { table: affiliations, columns: ['unit_id', 'position', 'valid_from', 'valid_to', 'end_reason'] },
	memberships: {
		table: categoryMemberships,
		columns: [
			...['category_code', 'level', 'decision_no', 'decision_date', 'legal_fields'],
			...['valid_from', 'valid_to', 'end_reason']
		]
	}
} satisfies Record<string, Journaled>;

/** As {@link writeBatch}, with a note of what was there before and what is new in the change set. */
export async function writeJournaled(tx: Database, setId: string, writes: Writes, vault: NumberVault): Promise<void> {
	await noteBefore(tx, setId, JOURNALED.people, [...writes.changes.keys()]);
	await noteBefore(tx, setId, JOURNALED.places, [...writes.positions.keys()]);
	await noteBefore(tx, setId, JOURNALED.memberships, [...writes.membershipChanges.keys()]);
	const placed = await writeBatch(tx, writes, vault);
	await noteCreated(tx, setId, JOURNALED.people, [...writes.people.keys()]);
	await noteCreated(tx, setId, JOURNALED.places, placed);
	await noteCreated(tx, setId, JOURNALED.memberships, [...writes.memberships.keys()]);
	await sealChangeSet(tx, setId, Object.values(JOURNALED));
}

/**
 * Writes a batch: at most six statements, whatever its size.
 * @returns ids of the affiliations that are new
 */
async function writeBatch(tx: Database, writes: Writes, vault: NumberVault): Promise<string[]> {
	const sealed = (hmac: string | null | undefined) => {
		const digits = hmac ? writes.numbers.get(hmac) : undefined;
		return digits ? vault.seal(digits).encrypted.toString('hex') : null;
	};
	const added = [...writes.people.values()].map((person) => ({ ...person, encrypted: sealed(person.numberHmac) }));
	if (added.length > 0) await insertPeople(tx, added);
	const changed = [...writes.changes].map(([id, change]) => ({
		...change,
		id,
		searchName: change.fullName ? nameKey(change.fullName) : null,
		encrypted: sealed(change.numberHmac)
	}));
	if (changed.length > 0) await updatePeople(tx, changed);
	const placed = await writePlaces(tx, writes);
	await writeMemberships(tx, writes);
	return placed;
}

const PERSON_COLUMNS = sql`id uuid, "fullName" text, "givenName" text, "searchName" text, "birthDate" date,
	"birthYear" smallint, gender text, encrypted text, "numberHmac" text, phone text, email text, qualification text,
	"qualificationNote" text, "experienceYears" smallint`;

async function insertPeople(tx: Database, people: readonly object[]): Promise<void> {
	await tx.execute(sql`insert into person (id, full_name, given_name, search_name, birth_date, birth_year, gender,
			personal_number_encrypted, personal_number_hmac, phone, email, qualification, qualification_note, experience_years)
		select id, "fullName", "givenName", "searchName", "birthDate", "birthYear", gender, decode(encrypted, 'hex'),
			decode("numberHmac", 'hex'), phone, email, qualification, "qualificationNote", "experienceYears"
		from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r(${PERSON_COLUMNS})`);
}

/** Absent values stay as they are: an import never erases. */
async function updatePeople(tx: Database, people: readonly object[]): Promise<void> {
	await tx.execute(sql`update person p set full_name = coalesce(r."fullName", p.full_name),
			given_name = coalesce(r."givenName", p.given_name), search_name = coalesce(r."searchName", p.search_name),
			birth_date = coalesce(r."birthDate", p.birth_date), birth_year = coalesce(r."birthYear", p.birth_year),
			gender = coalesce(r.gender, p.gender),
			personal_number_encrypted = coalesce(decode(r.encrypted, 'hex'), p.personal_number_encrypted),
			personal_number_hmac = coalesce(decode(r."numberHmac", 'hex'), p.personal_number_hmac),
			phone = coalesce(r.phone, p.phone), email = coalesce(r.email, p.email),
			qualification = coalesce(r.qualification, p.qualification),
			qualification_note = coalesce(r."qualificationNote", p.qualification_note),
			experience_years = coalesce(r."experienceYears", p.experience_years), version = p.version + 1
		from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r(${PERSON_COLUMNS}) where p.id = r.id`);
}

async function writePlaces(tx: Database, { affiliations: added, positions }: Writes): Promise<string[]> {
	const placed =
		added.length > 0
			? await tx.execute<{ id: string }>(sql`insert into affiliation (person_id, unit_id, position, valid_from)
			select "personId", "unitId", position, "validFrom" from jsonb_to_recordset(${JSON.stringify(added)}::jsonb)
				as r("personId" uuid, "unitId" uuid, position text, "validFrom" date) returning id`)
			: [];
	if (positions.size > 0) {
		const rows = [...positions].map(([id, position]) => ({ id, position }));
		await tx.execute(sql`update affiliation a set position = r.position
			from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, position text) where a.id = r.id`);
	}
	return placed.map(({ id }) => id);
}

const MEMBERSHIP_COLUMNS = sql`id uuid, "personId" uuid, "categoryCode" text, level text, "decisionNo" text,
	"decisionDate" date, "legalFields" text[], "validFrom" date, "validTo" date, "endReason" text`;

async function writeMemberships(tx: Database, { memberships, membershipChanges }: Writes): Promise<void> {
	if (memberships.size > 0) {
		const rows = JSON.stringify([...memberships.values()]);
		await tx.execute(sql`insert into category_membership (id, person_id, category_code, level, decision_no,
				decision_date, legal_fields, valid_from, valid_to, end_reason)
			select id, "personId", "categoryCode", level, "decisionNo", "decisionDate", coalesce("legalFields", '{}'),
				"validFrom", "validTo", "endReason" from jsonb_to_recordset(${rows}::jsonb) as r(${MEMBERSHIP_COLUMNS})`);
	}
	if (membershipChanges.size > 0) {
		const rows = JSON.stringify([...membershipChanges].map(([id, change]) => ({ ...change, id })));
		await tx.execute(sql`update category_membership m set level = coalesce(r.level, m.level),
				decision_no = coalesce(r."decisionNo", m.decision_no),
				decision_date = coalesce(r."decisionDate", m.decision_date),
				legal_fields = coalesce(r."legalFields", m.legal_fields), valid_to = coalesce(r."validTo", m.valid_to),
				end_reason = coalesce(r."endReason", m.end_reason)
			from jsonb_to_recordset(${rows}::jsonb) as r(${MEMBERSHIP_COLUMNS}) where m.id = r.id`);
	}
}
