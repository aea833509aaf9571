import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { formatDay } from '#lib/i18n/format.ts';
import { splitLines } from '#lib/organisation/unit-lines.ts';
import { dayOfSerial } from '#lib/text/days.ts';
import { matchKey } from '#lib/text/fold.ts';
import { DomainError } from '../platform/errors.ts';
import { type CellValue, readSheet, type Sheet } from './roster-file/workbook.ts';

/** Lines that a table may have: the units of the whole country, or the classes of a province over years. */
const MAX_LINES = 10_000;
/** Rows among which the row of headings is looked for. */
const TOP = 12;

/** Serial numbers of days since 1990: a number under a heading that speaks of a day. */
const isSerial = (value: CellValue): value is number => typeof value === 'number' && value > 32_000 && value < 80_000;

/**
 * The rows of an uploaded table as text: an .xlsx (days written out), or text with tabs or semicolons between columns.
 * @throws {DomainError} `invalid` `organisation.*` when it cannot be read or is too long
 */
export async function readTableFile(bytes: Uint8Array): Promise<string[][]> {
	const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b;
	const table = isWorkbook ? textsOf(await readWorkbook(bytes)) : splitLines(new TextDecoder().decode(bytes));
	if (table.length > MAX_LINES) throw new DomainError('invalid', 'organisation.file_too_many_rows', { n: MAX_LINES });
	return table;
}

async function readWorkbook(bytes: Uint8Array): Promise<Sheet> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'table-'));
	try {
		const file = path.join(folder, 'table.xlsx');
		await fs.writeFile(file, bytes);
		return await readSheet(file);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

function textsOf({ rows, is1904 }: Sheet): string[][] {
	const dayColumns = new Set(
		rows
			.slice(0, TOP)
			.flatMap(({ cells }) =>
				cells.flatMap((cell, column) => (/\bngay\b/.test(matchKey(String(cell ?? ''))) ? [column] : []))
			)
	);
	return rows.map(({ cells }) =>
		Array.from(cells, (cell, column) => {
			const day = isSerial(cell) && dayColumns.has(column) ? dayOfSerial(cell, { is1904 }) : undefined;
			return day ? formatDay(day) : String(cell ?? '').replace(/[\t\r\n]+/g, ' ');
		})
	);
}

/** The same rows as text that {@link splitLines} reads again, for a page that keeps them between two steps. */
export const tableText = (table: readonly (readonly string[])[]): string =>
	table.map((cells) => (cells.length > 1 ? cells : [...cells, '']).join('\t')).join('\n');
