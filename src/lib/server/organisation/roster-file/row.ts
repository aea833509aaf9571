import type { RosterDefaults, RowProblem } from '#lib/organisation/roster-import.ts';
import type { RosterField } from '#lib/organisation/roster-fields.ts';
import type { Level } from '#lib/organisation/words.ts';
import { type Birth, dayOfSerial, readBirth, readDay } from '#lib/text/days.ts';
import { tidy } from '#lib/text/fold.ts';
import { isAllCaps, toNameCase } from '#lib/text/names.ts';
import { readPersonalNumber } from '#lib/text/personal-number.ts';
import { normalisePhone } from '#lib/text/phone.ts';
import { categoriesIn, genderOf, levelOf, qualificationOf, splitDecision } from './words.ts';
import type { CellValue, SheetRow } from './workbook.ts';

/** A row of the file in our terms; what the file leaves out is absent. Units are still as written. */
export type RosterRow = {
	row: number;
	fullName: string;
	givenName?: string;
	birth?: Birth;
	gender?: 'male' | 'female' | 'other';
	personalNumber?: string;
	phone?: string;
	email?: string;
	unit?: string;
	position?: string;
	categories: string[];
	level?: Level;
	decisionNo?: string;
	decisionDate?: string;
	legalFields: string[];
	qualification?: 'law_degree' | 'other_degree' | 'other';
	qualificationNote?: string;
	experienceYears?: number;
	validFrom: string;
	validTo?: string;
	endReason?: string;
};

/** How the file is to be read. */
export type ReadOptions = Readonly<{
	mapping: Readonly<Record<string, RosterField>>;
	defaults: RosterDefaults;
	is1904: boolean;
	/** `yyyy-mm-dd`; nobody's time on the roster begins later. */
	today: string;
	/** Folded name or abbreviation → code of the category. */
	categories: ReadonlyMap<string, string>;
	/** Fields of law as written → their codes, where these are of use. */
	legalFields?: (written: readonly string[]) => string[];
}>;

/** A row that can be used, with remarks at most; or one that cannot, with at least one problem. */
export type ReadRow = Readonly<{ row?: RosterRow; problems: readonly RowProblem[] }>;

/**
 * Reads one row. Pure; every problem of the row is told at once, so that a file is mended in one round.
 * @returns undefined for rows without a name that carry nothing but numbers or remarks (totals, signatures, blank lines)
 */
export function readRow(source: SheetRow, options: ReadOptions): ReadRow | undefined {
	const cell = cellsByField(source.cells, options.mapping);
	const problems: RowProblem[] = [];
	const problem = (code: string, params?: Record<string, string | number>, isWarning?: true) => {
		problems.push({ row: source.row, code, ...(params && { params }), ...(isWarning && { isWarning }) });
		return undefined;
	};
	const text = (field: RosterField) => (cell[field] === undefined ? undefined : tidy(String(cell[field])) || undefined);
	const written = text('fullName') ?? joinName(text('familyName'), text('givenName'));
	if (!written) {
		if (!isAboutAPerson(cell)) return undefined;
		problem('name_missing');
	}
	const { defaults, is1904 } = options;
	const day = (field: RosterField) =>
		readDayCell(cell[field], is1904) ?? (text(field) && problem('day_unreadable', { text: text(field) ?? '', field }));

	const decision = splitDecision(text('decision'));
	const categories = readCategories(text('category'), options, problem);
	const validFrom = day('validFrom') ?? decision.date ?? defaults.validFrom;
	if (!validFrom && !problems.some(({ params }) => params?.field === 'validFrom')) problem('valid_from_missing');
	if (validFrom && validFrom > options.today) problem('valid_from_future', { day: validFrom });
	const validTo = day('validTo') || undefined;
	if (validFrom && validTo && validTo <= validFrom) problem('valid_to_before_from');
	const birth = readBirthCells(cell, is1904, problem);
	const row: RosterRow = {
		row: source.row,
		fullName: readName(written ?? '', defaults, problem),
		givenName: text('familyName') ? text('givenName') : undefined,
		birth: birth?.birth,
		gender: readGender(text('gender'), problem) ?? birth?.gender,
		personalNumber: readNumber(cell.personalNumber, problem),
		phone: readPhone(text('phone'), problem),
		email: readEmail(text('email'), problem),
		unit: text('unit'),
		position: text('position')?.slice(0, 160),
		categories,
		level: levelOf(text('level')),
		decisionNo: text('decisionNo') ?? decision.no,
		decisionDate: day('decisionDate') || decision.date,
		legalFields: readLegalFields(text('legalFields') ?? '', options),
		qualification: qualificationOf(text('qualification')),
		qualificationNote: text('qualification')?.slice(0, 200),
		experienceYears: readYears(text('experienceYears'), problem),
		validFrom: validFrom || '',
		validTo,
		endReason: text('endReason')?.slice(0, 200)
	};
	return problems.some(({ isWarning }) => !isWarning) ? { problems } : { row, problems };
}

type Cells = Partial<Record<RosterField, CellValue>>;
type Tell = (code: string, params?: Record<string, string | number>, isWarning?: true) => undefined;

function cellsByField(cells: readonly CellValue[], mapping: ReadOptions['mapping']): Cells {
	const found: Cells = {};
	for (const [column, field] of Object.entries(mapping)) {
		const value = cells[Number(column)];
		if (field !== 'ignore' && value !== undefined) found[field] ??= value;
	}
	return found;
}

/** Lines without a name that still name a number or a telephone are people whose name was forgotten. */
function isAboutAPerson(cell: Cells): boolean {
	return cell.personalNumber !== undefined || cell.phone !== undefined || cell.birth !== undefined;
}

function joinName(family: string | undefined, given: string | undefined): string | undefined {
	return tidy(`${family ?? ''} ${given ?? ''}`) || undefined;
}

function readName(written: string, { hasCapsFixed }: RosterDefaults, tell: Tell): string {
	const name = tidy(written).slice(0, 120);
	if (/\d/.test(name)) tell('name_unreadable', { text: name });
	if (!isAllCaps(name)) return name;
	if (hasCapsFixed) return toNameCase(name);
	tell('name_in_capitals', { text: name }, true);
	return name;
}

function readDayCell(value: CellValue, is1904: boolean): string | undefined {
	if (value === undefined) return undefined;
	if (typeof value === 'number') return dayOfSerial(value, { is1904 });
	return readDay(value) ?? (/^\d{5}$/.test(value) ? dayOfSerial(Number(value), { is1904 }) : undefined);
}

function readBirthCells(cell: Cells, is1904: boolean, tell: Tell) {
	for (const [field, gender] of [['birth'], ['birthMale', 'male'], ['birthFemale', 'female']] as const) {
		const value = cell[field];
		if (value === undefined) continue;
		// 1975 in a number cell is the year; as a serial number it would be a day of 1905.
		const isYear = typeof value === 'number' && value >= 1901 && value <= 2100;
		const day = isYear ? undefined : readDayCell(value, is1904);
		const birth = day ? { birthDate: day, birthYear: Number(day.slice(0, 4)) } : readBirth(String(value));
		if (birth && birth.birthYear >= 1901 && birth.birthYear <= 2100) return { birth, gender };
		return tell('birth_unreadable', { text: String(value) });
	}
	return undefined;
}

function readLegalFields(text: string, { legalFields = (written) => [...written] }: ReadOptions): string[] {
	return legalFields(text.split(/[;,]/).map(tidy).filter(Boolean)).slice(0, 20);
}

function readCategories(text: string | undefined, { categories, defaults }: ReadOptions, tell: Tell): string[] {
	if (!text) {
		if (defaults.categoryCode) return [defaults.categoryCode];
		tell('category_missing');
		return [];
	}
	const { codes, unknown } = categoriesIn(text, categories);
	for (const part of unknown) tell('category_unknown', { text: part });
	return codes;
}

function readNumber(value: CellValue, tell: Tell): string | undefined {
	if (value === undefined) return undefined;
	const read = readPersonalNumber(String(value));
	if (!read) return tell('personal_number_invalid');
	if (read.wasPadded) tell('personal_number_padded', undefined, true);
	return read.digits;
}

function readPhone(text: string | undefined, tell: Tell): string | undefined {
	if (!text) return undefined;
	// Several numbers in one cell: the first mobile one is the person's.
	const phone =
		text
			.split(/[;,/]|\s-\s/)
			.map(normalisePhone)
			.find(Boolean) ?? normalisePhone(text);
	return phone ?? tell('phone_not_mobile', { text }, true);
}

function readEmail(text: string | undefined, tell: Tell): string | undefined {
	if (!text) return undefined;
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : tell('email_unreadable', { text }, true);
}

function readGender(text: string | undefined, tell: Tell) {
	if (!text) return undefined;
	return genderOf(text) ?? tell('gender_unreadable', { text }, true);
}

function readYears(text: string | undefined, tell: Tell): number | undefined {
	if (!text) return undefined;
	const years = Number(/^\d{1,2}/.exec(text)?.[0]);
	return Number.isInteger(years) && years <= 70 ? years : tell('years_unreadable', { text }, true);
}
