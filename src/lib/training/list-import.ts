/**
 * What became of one line of a list: on the class (`placed`), on it before (`already`), on another unit's list
 * (`elsewhere`), asked (`uncertain`), awaiting its unit (`candidate`), and what is left out: left out by choice (`skipped`),
 * a person named twice (`repeated`), no readable line (`unreadable`), a unit that is not found (`unit_unknown`).
 */
export type ListRowState =
	| 'placed'
	| 'already'
	| 'elsewhere'
	| 'uncertain'
	| 'candidate'
	| 'skipped'
	| 'repeated'
	| 'unreadable'
	| 'unit_unknown';

/** By what a line was sure to mean a person; `choice`: somebody chose. */
export type MatchedBy = 'personal_number' | 'phone' | 'name_and_birth' | 'name_and_unit' | 'choice';

/** Largest file taken as a list, bytes. */
export const LIST_MAX_BYTES = 8 * 1024 ** 2;
/** Lines of one list: the largest province-wide conference fits. */
export const LONGEST_LIST = 5000;
