import { fold, tidy } from '../text/fold.ts';

/** One line of an attendance list, as read: what may tell who is meant. */
export type ListedPerson = Readonly<{
	fullName: string;
	personalNumber?: string;
	phone?: string;
	birthDate?: string;
	birthYear?: number;
	/** Unit named on the line, or the one the whole list is from. */
	unitId?: string;
}>;

/** Someone of the roster who may be meant; the two answers on the personal number come from the keyed look-up. */
export type Candidate = Readonly<{
	personId: string;
	fullName: string;
	birthDate: string | null;
	birthYear: number | null;
	phone: string | null;
	unitId: string;
	hasSameNumber: boolean;
	/** Both have a number and the two differ. */
	hasOtherNumber: boolean;
}>;

/** Sure of one person; several or half-fitting ones to choose from; or nobody. */
export type Match =
	| Readonly<{
			kind: 'matched';
			personId: string;
			by: 'personal_number' | 'phone' | 'name_and_birth' | 'name_and_unit';
	  }>
	| Readonly<{ kind: 'uncertain'; personIds: readonly string[] }>
	| Readonly<{ kind: 'unknown' }>;

/**
 * Who a line of a list is: by personal number, else telephone with an agreeing name, else name with birth and unit. A name
 * alone is sure only within the unit, where exactly one person bears it and no birth speaks against it. Whatever fits
 * halfway is asked, never guessed.
 */
export function matchPerson(listed: ListedPerson, candidates: readonly Candidate[]): Match {
	const byNumber = candidates.filter(({ hasSameNumber }) => hasSameNumber);
	if (byNumber.length === 1 && byNumber[0]) {
		return nameAgrees(listed.fullName, byNumber[0].fullName)
			? { kind: 'matched', personId: byNumber[0].personId, by: 'personal_number' }
			: uncertain(byNumber);
	}
	const alike = candidates.filter(({ fullName }) => nameAgrees(listed.fullName, fullName));
	const byPhone = candidates.filter(({ phone }) => phone !== null && phone === listed.phone);
	const both = byPhone.filter((candidate) => alike.includes(candidate));
	if (both.length === 1 && both[0]) return { kind: 'matched', personId: both[0].personId, by: 'phone' };
	const possible = alike.filter((candidate) => !candidate.hasOtherNumber && birthOf(listed, candidate) !== 'differs');
	const sameBirth = possible.filter((candidate) => birthOf(listed, candidate) === 'same');
	const sameUnit = (people: readonly Candidate[]) => people.filter(({ unitId }) => unitId === listed.unitId);
	const bornAndThere = sameUnit(sameBirth);
	if (bornAndThere.length === 1 && bornAndThere[0]) {
		return { kind: 'matched', personId: bornAndThere[0].personId, by: 'name_and_birth' };
	}
	const there = sameUnit(possible);
	if (there.length === 1 && there[0] && !hasOtherPhone(listed, there[0])) {
		return { kind: 'matched', personId: there[0].personId, by: 'name_and_unit' };
	}
	// In one unit, one name with another birth year is more often a slip of the pen than a namesake.
	const miswritten = sameUnit(alike).filter(({ hasOtherNumber }) => !hasOtherNumber);
	const choices = [...new Set([...there, ...possible, ...miswritten, ...byPhone])];
	return choices.length > 0 ? uncertain(choices) : { kind: 'unknown' };
}

/**
 * True when two spellings may be one name. Marks may be missing altogether on one side (`Nguyen Van An`), and old and new
 * places of the tone are one (`Hoà`, `Hòa`); but `Ân` is not `An` where both are written with marks.
 */
export function nameAgrees(one: string, other: string): boolean {
	if (fold(tidy(one)) !== fold(tidy(other))) return false;
	return isUnmarked(one) || isUnmarked(other) || marksKey(one) === marksKey(other);
}

function birthOf(listed: ListedPerson, candidate: Candidate): 'same' | 'differs' | 'unsaid' {
	if (listed.birthDate && candidate.birthDate) return listed.birthDate === candidate.birthDate ? 'same' : 'differs';
	if (!listed.birthYear || !candidate.birthYear) return 'unsaid';
	return listed.birthYear === candidate.birthYear ? 'same' : 'differs';
}

/** A telephone that differs from the known one: a new telephone or a namesake, so it is asked. */
function hasOtherPhone({ phone }: ListedPerson, candidate: Candidate): boolean {
	return phone !== undefined && candidate.phone !== null && phone !== candidate.phone;
}

function uncertain(candidates: readonly Candidate[]): Match {
	return { kind: 'uncertain', personIds: candidates.slice(0, 8).map(({ personId }) => personId) };
}

function isUnmarked(name: string): boolean {
	return fold(tidy(name)) === tidy(name).toLowerCase();
}

/** Each word with its tone moved to the end, in lower case; the marks of letters (â, ơ, đ) stay where they are. */
function marksKey(name: string): string {
	const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
	return tidy(name)
		.toLowerCase()
		.split(' ')
		.map((word) => {
			const parts = word.normalize('NFD');
			return parts.replace(TONES, '').normalize('NFC') + (parts.match(TONES) ?? []).join('');
		})
		.join(' ');
}
