import type { Birth } from '#lib/text/days.ts';
import { givenNameOf, isAllCaps, nameKey } from '#lib/text/names.ts';
import type { RosterRow } from './row.ts';

/** A person on the roster, or one that an earlier row of the same file brings in. */
export type KnownPerson = {
	id: string;
	fullName: string;
	searchName: string;
	givenName: string;
	/** Hex of the keyed hash. */
	numberHmac: string | null;
	phone: string | null;
	email: string | null;
	birthDate: string | null;
	birthYear: number | null;
	gender: string | null;
	qualification: string | null;
	qualificationNote: string | null;
	experienceYears: number | null;
	unitId: string | null;
	unitName: string | null;
	isInScope: boolean;
	affiliationId: string | null;
	position: string | null;
	/** Without a unit at present: the day the last affiliation ended. */
	freeSince: string | null;
	memberships: KnownMembership[];
};

export type KnownMembership = {
	id: string;
	categoryCode: string;
	level: string | null;
	decisionNo: string | null;
	decisionDate: string | null;
	legalFields: string[];
	validFrom: string;
	validTo: string | null;
};

/** A row with its unit found and its personal number hashed. */
export type PlacedRow = RosterRow & { unitId: string; numberHmac?: string };

/** Whom a row means. `lookalike` is a remark: someone of another unit shares name and birth. */
export type Match =
	| Readonly<{ kind: 'new'; lookalike?: KnownPerson }>
	| Readonly<{ kind: 'known'; person: KnownPerson }>
	| Readonly<{ kind: 'refused'; code: string; params?: Record<string, string | number> }>;

/**
 * Decides whom a row means among people who share its number, telephone or name. In order: the personal number; the
 * telephone with the name; the name with the birth in the same unit; the name in the same unit where nothing contradicts.
 * A person of another unit is never taken over by an import: a transfer needs its own confirmation.
 */
export function matchPerson(row: PlacedRow, candidates: readonly KnownPerson[]): Match {
	const byNumber = row.numberHmac ? candidates.find(({ numberHmac }) => numberHmac === row.numberHmac) : undefined;
	if (byNumber) {
		if (byNumber.searchName !== nameKey(row.fullName) && byNumber.isInScope) {
			return { kind: 'refused', code: 'number_of_another', params: { name: byNumber.fullName } };
		}
		return ofSameUnit(row, byNumber);
	}
	const sameName = candidates.filter(
		(one) =>
			one.searchName === nameKey(row.fullName) &&
			!contradicts(row, one) &&
			// Someone without a unit elsewhere is known to others by the personal number alone.
			(one.isInScope || one.unitId !== null)
	);
	const byPhone = sameName.find(({ phone }) => phone !== null && phone === row.phone);
	if (byPhone) return ofSameUnit(row, byPhone);
	const here = sameName.filter(({ unitId }) => unitId === row.unitId);
	const byBirth = here.filter((one) => sameBirth(row.birth, one));
	if (byBirth.length > 0) return oneOf(byBirth);
	if (here.length > 0) return oneOf(here);
	const lookalike = sameName.find((one) => one.isInScope && one.unitId !== null && sameBirth(row.birth, one));
	return lookalike ? { kind: 'new', lookalike } : { kind: 'new' };
}

function oneOf(people: readonly KnownPerson[]): Match {
	const [person, another] = people;
	if (!person || another) return { kind: 'refused', code: 'several_same_name' };
	return { kind: 'known', person };
}

function ofSameUnit(row: PlacedRow, person: KnownPerson): Match {
	if (person.unitId === null || person.unitId === row.unitId) return { kind: 'known', person };
	if (!person.isInScope) return { kind: 'refused', code: 'in_other_unit' };
	return { kind: 'refused', code: 'in_named_unit', params: { unit: person.unitName ?? '' } };
}

/** True when both tell a number, or both tell a birth, and they differ: two people of one name. */
function contradicts(row: PlacedRow, person: KnownPerson): boolean {
	if (row.numberHmac && person.numberHmac && row.numberHmac !== person.numberHmac) return true;
	return row.birth !== undefined && person.birthYear !== null && !sameBirth(row.birth, person);
}

function sameBirth(birth: Birth | undefined, person: KnownPerson): boolean {
	if (!birth) return false;
	if (birth.birthDate && person.birthDate) return birth.birthDate === person.birthDate;
	return birth.birthYear === person.birthYear;
}

/** Columns of a person that an import may set. */
export type PersonChange = Partial<
	Pick<
		KnownPerson,
		| 'fullName'
		| 'givenName'
		| 'phone'
		| 'email'
		| 'birthDate'
		| 'birthYear'
		| 'gender'
		| 'qualification'
		| 'qualificationNote'
		| 'experienceYears'
		| 'numberHmac'
	>
>;

/** What the row tells that the roster does not have or has otherwise. An empty cell never erases. */
export function personChange(row: PlacedRow, person: KnownPerson): PersonChange {
	const told: PersonChange = {
		phone: row.phone,
		email: row.email,
		birthDate: row.birth?.birthDate,
		birthYear: row.birth?.birthYear,
		gender: row.gender,
		qualification: row.qualification,
		qualificationNote: row.qualificationNote,
		experienceYears: row.experienceYears,
		numberHmac: row.numberHmac
	};
	// Spelling is corrected (Hoà → Hòa), yet capitals of a list never overwrite a proper name.
	if (!isAllCaps(row.fullName) && row.fullName !== person.fullName) {
		told.fullName = row.fullName;
		told.givenName = row.givenName ?? givenNameOf(row.fullName);
	}
	const changed = Object.entries(told).filter(
		([key, value]) => value !== undefined && value !== person[key as keyof KnownPerson]
	);
	return Object.fromEntries(changed) as PersonChange;
}
