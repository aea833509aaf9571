import { findHeader, proposeMapping } from '../../organisation/roster-file/header.ts';
import { readRow, type RosterRow } from '../../organisation/roster-file/row.ts';
import type { Sheet } from '../../organisation/roster-file/workbook.ts';
import { DomainError } from '../../platform/errors.ts';

/** What of a list's columns tells who attended; the rest is the roster's business. */
const USED = [
	'fullName',
	'familyName',
	'givenName',
	'birth',
	'birthMale',
	'birthFemale',
	'personalNumber',
	'phone',
	'unit',
	'position'
];

/** A line that names a person, or one that cannot be read with the code of what is wrong with it. */
export type ListLine = Readonly<{ row: number; person?: RosterRow; problem?: string }>;

/**
 * The lines of a list below its headings; totals, signatures and blank lines are left out.
 * @param day what counts as today, `yyyy-mm-dd`
 * @throws {DomainError} `invalid` `organisation.file_without_headings`
 */
export function readListLines({ rows, is1904 }: Sheet, day: string): ListLine[] {
	const header = findHeader(rows, new Map());
	const proposed = Object.entries(proposeMapping(header.headings, new Map()));
	const mapping = Object.fromEntries(proposed.filter(([, field]) => USED.includes(field)));
	if (!Object.values(mapping).some((field) => field === 'fullName' || field === 'familyName')) {
		throw new DomainError('invalid', 'organisation.file_without_headings');
	}
	// The reader is the roster's; what an attendance list need not say is given here.
	const defaults = { categoryCode: '-', validFrom: day, hasCapsFixed: true };
	const options = { mapping, defaults, is1904, today: day, categories: new Map<string, string>() };
	const read: ListLine[] = [];
	for (const source of rows.slice(header.firstDataIndex)) {
		const result = readRow(source, options);
		if (!result) continue;
		const problem = result.problems.find(({ isWarning }) => !isWarning)?.code;
		read.push({ row: source.row, person: result.row, problem });
	}
	return read;
}
