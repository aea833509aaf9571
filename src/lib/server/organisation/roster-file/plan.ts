import { randomUUID } from 'node:crypto';
import { NO_COUNTS, type RosterCounts, type RowProblem } from '#lib/organisation/roster-import.ts';
import { givenNameOf, nameKey } from '#lib/text/names.ts';
import {
	type KnownMembership,
	type KnownPerson,
	matchPerson,
	type PersonChange,
	personChange,
	type PlacedRow
} from './match.ts';

/** What writing a batch of rows amounts to; each person and membership appears once, whatever the number of rows. */
export type Writes = {
	people: Map<string, KnownPerson>;
	changes: Map<string, PersonChange>;
	affiliations: { personId: string; unitId: string; position: string | null; validFrom: string }[];
	positions: Map<string, string>;
	memberships: Map<string, KnownMembership & { personId: string; endReason: string | null }>;
	membershipChanges: Map<string, Partial<KnownMembership> & { endReason?: string }>;
	/** Keyed hash (hex) → digits, to be sealed when written. */
	numbers: Map<string, string>;
};

export type BatchPlan = Readonly<{ writes: Writes; counts: RosterCounts; problems: readonly RowProblem[] }>;

/** People that rows may mean, by folded name, telephone and keyed hash; also those that earlier rows brought in. */
export class KnownPeople {
	readonly #byKey = new Map<string, Set<KnownPerson>>();
	readonly #byId = new Map<string, KnownPerson>();

	/** Adds people of the database; one who is here already keeps what earlier rows made of them. */
	add(people: readonly KnownPerson[]): void {
		for (const person of people) {
			if (this.#byId.has(person.id)) continue;
			this.#byId.set(person.id, person);
			this.index(person);
		}
	}

	index(person: KnownPerson): void {
		this.#byId.set(person.id, person);
		for (const key of [person.searchName, person.phone, person.numberHmac]) {
			if (!key) continue;
			const people = this.#byKey.get(key);
			if (people) people.add(person);
			else this.#byKey.set(key, new Set([person]));
		}
	}

	candidates(row: PlacedRow): KnownPerson[] {
		const keys = [row.numberHmac, row.phone, nameKey(row.fullName)];
		return [...new Set(keys.flatMap((key) => (key ? [...(this.#byKey.get(key) ?? [])] : [])))];
	}
}

/** Plans rows one after the other; a later row sees what an earlier one of the same file made of a person. Pure. */
export function planBatch(rows: readonly PlacedRow[], known: KnownPeople): BatchPlan {
	const writes: Writes = {
		people: new Map(),
		changes: new Map(),
		affiliations: [],
		positions: new Map(),
		memberships: new Map(),
		membershipChanges: new Map(),
		numbers: new Map()
	};
	const counts = { ...NO_COUNTS };
	const problems: RowProblem[] = [];
	for (const row of rows) {
		const match = matchPerson(row, known.candidates(row));
		if (match.kind === 'refused') {
			problems.push({ row: row.row, code: match.code, ...(match.params && { params: match.params }) });
			counts.failed++;
			continue;
		}
		if (row.numberHmac && row.personalNumber) writes.numbers.set(row.numberHmac, row.personalNumber);
		if (match.kind === 'new') {
			if (match.lookalike) problems.push(lookalikeRemark(row, match.lookalike));
			planNew(row, known, writes);
			counts.created++;
		} else if (planKnown(row, match.person, known, writes)) counts.updated++;
		else counts.unchanged++;
	}
	return { writes, counts, problems };
}

function lookalikeRemark(row: PlacedRow, person: KnownPerson): RowProblem {
	return { row: row.row, code: 'lookalike', params: { unit: person.unitName ?? '' }, isWarning: true };
}

function planNew(row: PlacedRow, known: KnownPeople, writes: Writes): void {
	const person: KnownPerson = {
		id: randomUUID(),
		fullName: row.fullName,
		searchName: nameKey(row.fullName),
		givenName: row.givenName ?? givenNameOf(row.fullName),
		numberHmac: row.numberHmac ?? null,
		phone: row.phone ?? null,
		email: row.email ?? null,
		birthDate: row.birth?.birthDate ?? null,
		birthYear: row.birth?.birthYear ?? null,
		gender: row.gender ?? null,
		qualification: row.qualification ?? null,
		qualificationNote: row.qualificationNote ?? null,
		experienceYears: row.experienceYears ?? null,
		unitId: null,
		unitName: null,
		isInScope: true,
		affiliationId: null,
		position: null,
		freeSince: null,
		memberships: []
	};
	writes.people.set(person.id, person);
	planAffiliation(row, person, writes);
	planMemberships(row, person, writes);
	known.index(person);
}

/** @returns whether the row changes anything */
function planKnown(row: PlacedRow, person: KnownPerson, known: KnownPeople, writes: Writes): boolean {
	const change = personChange(row, person);
	const isChanged = Object.keys(change).length > 0;
	if (isChanged) {
		Object.assign(person, change);
		person.searchName = nameKey(person.fullName);
		if (!writes.people.has(person.id)) {
			writes.changes.set(person.id, { ...writes.changes.get(person.id), ...change });
		}
		known.index(person);
	}
	const hasNewPlace = planAffiliation(row, person, writes);
	return planMemberships(row, person, writes) || hasNewPlace || isChanged;
}

function planAffiliation(row: PlacedRow, person: KnownPerson, writes: Writes): boolean {
	if (person.unitId === null) {
		const validFrom = person.freeSince && person.freeSince > row.validFrom ? person.freeSince : row.validFrom;
		const position = row.position ?? null;
		writes.affiliations.push({ personId: person.id, unitId: row.unitId, position, validFrom });
		Object.assign(person, { unitId: row.unitId, position });
		return true;
	}
	if (!row.position || row.position === person.position) return false;
	person.position = row.position;
	const planned = writes.affiliations.find(({ personId }) => personId === person.id);
	if (planned) planned.position = row.position;
	else if (person.affiliationId) writes.positions.set(person.affiliationId, row.position);
	return true;
}

function planMemberships(row: PlacedRow, person: KnownPerson, writes: Writes): boolean {
	let isChanged = false;
	for (const categoryCode of row.categories) {
		const overlapping = person.memberships.filter(
			(one) => one.categoryCode === categoryCode && overlaps(one, row.validFrom, row.validTo ?? null)
		);
		const [present] = overlapping;
		if (!present) {
			const { level = null, decisionNo = null, decisionDate = null, legalFields, validFrom, validTo = null } = row;
			const details = { level, decisionNo, decisionDate, legalFields: [...legalFields], validFrom, validTo };
			const membership = { id: randomUUID(), categoryCode, ...details };
			person.memberships.push(membership);
			writes.memberships.set(membership.id, { ...membership, personId: person.id, endReason: row.endReason ?? null });
			isChanged = true;
		} else if (overlapping.length === 1) isChanged = planMembershipChange(row, present, writes) || isChanged;
	}
	return isChanged;
}

function planMembershipChange(row: PlacedRow, present: KnownMembership, writes: Writes): boolean {
	const change: Partial<KnownMembership> & { endReason?: string } = {};
	if (row.level && row.level !== present.level) change.level = row.level;
	if (row.decisionNo && row.decisionNo !== present.decisionNo) change.decisionNo = row.decisionNo;
	if (row.decisionDate && row.decisionDate !== present.decisionDate) change.decisionDate = row.decisionDate;
	if (row.legalFields.length > 0 && row.legalFields.join(';') !== present.legalFields.join(';')) {
		change.legalFields = [...row.legalFields];
	}
	if (row.validTo && present.validTo === null && row.validTo > present.validFrom) {
		Object.assign(change, { validTo: row.validTo, ...(row.endReason && { endReason: row.endReason }) });
	}
	if (Object.keys(change).length === 0) return false;
	Object.assign(present, change);
	const planned = writes.memberships.get(present.id);
	if (planned) Object.assign(planned, change);
	else writes.membershipChanges.set(present.id, { ...writes.membershipChanges.get(present.id), ...change });
	return true;
}

function overlaps(one: KnownMembership, from: string, to: string | null): boolean {
	return (one.validTo === null || one.validTo > from) && (to === null || one.validFrom < to);
}
