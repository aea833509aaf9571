import { fieldOfHeading, type RosterField } from '#lib/organisation/roster-fields.ts';
import { matchKey } from '#lib/text/fold.ts';
import { DomainError } from '../../platform/errors.ts';
import type { CellValue, SheetRow } from './workbook.ts';

/** A column of the file as its heading names it; headings in two rows are joined: "Năm sinh – Nam". */
export type Heading = Readonly<{ column: number; text: string }>;

/** Where the table begins. */
export type Header = Readonly<{ headings: readonly Heading[]; firstDataIndex: number }>;

/** Rows above the table: the agency, the title, "(Kèm theo Quyết định số …)". */
const LOOK_WITHIN = 30;

/**
 * Finds the row of headings: the first one in which two or more are known (or were used before), or failing that the
 * first with three or more texts. A second row below it belongs to it where it names parts of a merged heading.
 * @throws {DomainError} `invalid` `organisation.file_without_headings`
 */
export function findHeader(rows: readonly SheetRow[], remembered: ReadonlyMap<string, RosterField>): Header {
	const head = rows.slice(0, LOOK_WITHIN);
	const known = ({ cells }: SheetRow) => new Set(texts(cells).filter((text) => knownField(text, remembered))).size;
	const byName = head.findIndex((row) => known(row) >= 2);
	const index = byName >= 0 ? byName : head.findIndex(({ cells }) => new Set(texts(cells)).size >= 3);
	const row = head[index];
	if (!row) throw new DomainError('invalid', 'organisation.file_without_headings');
	const next = rows[index + 1];
	const hasSecond = next !== undefined && isSecondHeadingRow(row, next);
	const width = Math.max(row.cells.length, hasSecond ? next.cells.length : 0);
	const headings: Heading[] = [];
	for (let column = 0; column < width; column++) {
		const text = joined(row.cells[column], hasSecond ? next.cells[column] : undefined);
		if (text) headings.push({ column, text });
	}
	let firstDataIndex = index + (hasSecond ? 2 : 1);
	if (isColumnNumbers(rows[firstDataIndex])) firstDataIndex++;
	return { headings, firstDataIndex };
}

/**
 * What each column means: as remembered from earlier files, else by the known headings; each field once, the rest
 * `ignore`.
 * @returns column → field
 */
export function proposeMapping(
	headings: readonly Heading[],
	remembered: ReadonlyMap<string, RosterField>
): Record<string, RosterField> {
	const mapping: Record<string, RosterField> = {};
	const taken = new Set<RosterField>();
	for (const { column, text } of headings) {
		const field = knownField(text, remembered) ?? 'ignore';
		mapping[column] = field !== 'ignore' && taken.has(field) ? 'ignore' : field;
		taken.add(mapping[column]);
	}
	return withSplitNames(mapping, taken);
}

/** "Họ và tên" over two columns, the second without a heading or named "Tên", is a family name and a given name. */
function withSplitNames(mapping: Record<string, RosterField>, taken: Set<RosterField>): Record<string, RosterField> {
	if (!taken.has('fullName') || !taken.has('givenName')) return mapping;
	return Object.fromEntries(
		Object.entries(mapping).map(([column, field]) => [column, field === 'fullName' ? 'familyName' : field])
	);
}

function knownField(text: string, remembered: ReadonlyMap<string, RosterField>): RosterField | undefined {
	return remembered.get(matchKey(text)) ?? fieldOfHeading(text);
}

function texts(cells: readonly CellValue[]): string[] {
	return cells.filter((cell) => typeof cell === 'string');
}

/** Below a heading merged over several columns stand different texts, and below the others the same text or nothing. */
function isSecondHeadingRow(first: SheetRow, second: SheetRow): boolean {
	let parts = 0;
	for (let column = 0; column < Math.max(first.cells.length, second.cells.length); column++) {
		const [above, below] = [first.cells[column], second.cells[column]];
		if (below === undefined || below === above) continue;
		const isMerged = above === undefined || above === first.cells[column - 1] || above === first.cells[column + 1];
		if (typeof below !== 'string' || !isMerged) return false;
		parts++;
	}
	return parts >= 1 && second.row === first.row + 1;
}

function joined(above: CellValue, below: CellValue): string {
	const parts = [above, below].filter((part) => part !== undefined).map(String);
	return [...new Set(parts)].join(' – ');
}

/** Many forms number their columns below the headings: (1) (2) (3), or 1 2 3, or A B 1 2. */
function isColumnNumbers(row: SheetRow | undefined): boolean {
	const cells = (row?.cells ?? []).filter((cell) => cell !== undefined).map(String);
	return cells.length >= 3 && cells.every((cell) => /^\(?(?:[A-E]|\d{1,2})\)?$/.test(cell));
}
