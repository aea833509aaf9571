import ExcelJS from 'exceljs';
import { tidy } from '#lib/text/fold.ts';
import { DomainError } from '../../platform/errors.ts';
import { type ArchivePart, FILE_LIMITS, partText, readArchive, unpackPart } from './archive.ts';

/** What a cell holds once formulas, rich text and links are resolved. Dates stay serial numbers: the column decides. */
export type CellValue = string | number | undefined;

/** One row of the sheet: its number in Excel (1-based) and its cells from column A on. */
export type SheetRow = Readonly<{ row: number; cells: readonly CellValue[] }>;

/** The first visible sheet of a workbook. */
export type Sheet = Readonly<{ rows: readonly SheetRow[]; is1904: boolean }>;

type Merge = Readonly<{ top: number; bottom: number; left: number; right: number }>;

/**
 * Reads the first visible sheet, row by row, merged cells filled with their value in every row they cover.
 * @throws {DomainError} `invalid` with `organisation.*` for files that are no workbook, are damaged or too large
 */
export async function readSheet(path: string, signal?: AbortSignal): Promise<Sheet> {
	const parts = await readArchive(path);
	const partNamed = (name: string) => parts.find((part) => part.name === name);
	const workbook = await partText(path, partNamed('xl/workbook.xml'));
	const relations = await partText(path, partNamed('xl/_rels/workbook.xml.rels'));
	const sheetPart = partNamed(firstSheetName(workbook, relations));
	if (!sheetPart) throw new DomainError('invalid', 'organisation.not_a_workbook');
	// Every part is unpacked once under a counter, before a reader that has no limits of its own sees the file.
	const merges = await countAndFindMerges(path, parts, sheetPart);
	const number = Number(/(\d+)\.xml$/.exec(sheetPart.name)?.[1] ?? 1);
	const rows = fillMerged(await readRows(path, number, signal), merges);
	return { rows, is1904: /<workbookPr[^>]*date1904="(?:1|true)"/.test(workbook) };
}

function firstSheetName(workbook: string, relations: string): string {
	const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)].map(([, attributes = '']) => attributes);
	const visible = sheets.find((attributes) => !/state="(?:hidden|veryHidden)"/.test(attributes)) ?? '';
	const id = /\b\w+:id="([^"]+)"/.exec(visible)?.[1];
	const relation = [...relations.matchAll(/<Relationship\s([^>]*)>/g)]
		.map(([, attributes = '']) => attributes)
		.find((attributes) => attributes.includes(`Id="${id}"`));
	const target = /Target="([^"]+)"/.exec(relation ?? '')?.[1] ?? 'worksheets/sheet1.xml';
	return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function countAndFindMerges(path: string, parts: ArchivePart[], sheet: ArchivePart): Promise<Merge[]> {
	const merges: Merge[] = [];
	for (const part of parts) {
		let rest = '';
		for await (const chunk of unpackPart(path, part)) {
			if (part !== sheet) continue;
			const text = rest + chunk.toString('latin1'); // references are ASCII
			for (const [, ref = ''] of text.matchAll(/<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"/g)) merges.push(toMerge(ref));
			rest = text.slice(Math.max(text.lastIndexOf('<'), text.length - 64));
			if (merges.length > 20_000) throw new DomainError('invalid', 'organisation.file_unpacks_too_large');
		}
	}
	return merges;
}

function toMerge(ref: string): Merge {
	const [, left = 'A', top = 1, right = 'A', bottom = 1] = /([A-Z]+)(\d+):([A-Z]+)(\d+)/.exec(ref) ?? [];
	const column = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
	return { top: Number(top), bottom: Number(bottom), left: column(left) - 1, right: column(right) - 1 };
}

/**
 * ExcelJS now and then loses the last part of an archive (seen once in 11,000 readings of one sound file, exceljs 4.4.0),
 * and then falls over: a file counts as damaged only when it fails again and again.
 */
const READINGS = 3;

async function readRows(path: string, sheetNumber: number, signal?: AbortSignal): Promise<SheetRow[]> {
	for (let reading = 1; ; reading++) {
		try {
			return await readRowsOnce(path, sheetNumber, signal);
		} catch (error) {
			if (error instanceof DomainError || signal?.aborted) throw error;
			if (reading === READINGS) throw new DomainError('invalid', 'organisation.file_damaged');
		}
	}
}

async function readRowsOnce(path: string, sheetNumber: number, signal?: AbortSignal): Promise<SheetRow[]> {
	const rows: SheetRow[] = [];
	const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'ignore', hyperlinks: 'ignore' } as const;
	const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, { ...options, entries: 'ignore' });
	for await (const sheet of reader) {
		const isWanted = Number((sheet as unknown as { id: number | string }).id) === sheetNumber;
		for await (const row of sheet) {
			signal?.throwIfAborted();
			if (!isWanted) continue;
			const cells = cellsOf(row);
			if (cells.every((cell) => cell === undefined)) continue;
			rows.push({ row: row.number, cells });
			if (rows.length > FILE_LIMITS.rows + 20) {
				throw new DomainError('invalid', 'organisation.file_too_many_rows', { n: FILE_LIMITS.rows });
			}
		}
	}
	return rows;
}

function cellsOf(row: ExcelJS.Row): CellValue[] {
	const cells: CellValue[] = [];
	row.eachCell({ includeEmpty: false }, (cell, column) => {
		if (column <= FILE_LIMITS.columns) cells[column - 1] = plain(cell.value);
	});
	return Array.from(cells);
}

/** The text or number a cell shows; formulas by the result Excel kept, errors such as #N/A as nothing. */
function plain(value: ExcelJS.CellValue): CellValue {
	if (value === null || value === undefined || typeof value === 'boolean') return undefined;
	if (typeof value === 'number') return value;
	if (typeof value === 'string') return tidy(value) || undefined;
	if (value instanceof Date) return value.toISOString().slice(0, 10);
	if ('richText' in value) return tidy(value.richText.map(({ text }) => text).join('')) || undefined;
	if ('result' in value || 'formula' in value || 'sharedFormula' in value) {
		return plain((value as { result?: ExcelJS.CellValue }).result);
	}
	if ('text' in value) return plain(value.text as ExcelJS.CellValue);
	return undefined;
}

function fillMerged(rows: SheetRow[], merges: readonly Merge[]): SheetRow[] {
	const byNumber = new Map(rows.map((row) => [row.row, row]));
	for (const { top, bottom, left, right } of merges) {
		const value = byNumber.get(top)?.cells[left];
		if (value === undefined || left > FILE_LIMITS.columns) continue;
		for (let number = top; number <= Math.min(bottom, top + FILE_LIMITS.rows); number++) {
			const cells = byNumber.get(number)?.cells as CellValue[] | undefined;
			if (!cells) continue;
			for (let column = left; column <= Math.min(right, FILE_LIMITS.columns); column++) cells[column] ??= value;
		}
	}
	return rows;
}
