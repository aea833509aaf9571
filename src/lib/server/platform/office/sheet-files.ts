import ExcelJS from 'exceljs';
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';

/** A whole list as rows of text and numbers under headings, with what is said of it beside the data. */
export type Sheet = Readonly<{
	title: string;
	headings: readonly string[];
	rows: readonly (readonly (string | number)[])[];
	/** Printed beside the data: place, period, rule. */
	notes: readonly string[];
}>;

/** What a spreadsheet program would run as a formula when it opens a text file (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell of a CSV file: quoted, and with an apostrophe before what would be read as a formula. */
export function csvCell(value: string | number): string {
	if (typeof value === 'number') return String(value);
	const safe = FORMULA.test(value.trimStart()) || FORMULA.test(value) ? `'${value}` : value;
	return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows written before other requests have their turn and the reader may catch up. */
const ROWS_AT_ONCE = 500;

/** UTF-8 with a byte order mark, semicolons between cells: what Excel with Vietnamese settings opens on a double click. */
export function* csvParts({ headings, rows }: Sheet): Generator<string> {
	yield `\uFEFF${csvLine(headings)}`;
	for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
		yield rows
			.slice(i, i + ROWS_AT_ONCE)
			.map(csvLine)
			.join('');
}

/** {@link csvParts} to their end. */
export const csvFile = (sheet: Sheet): string => [...csvParts(sheet)].join('');

const csvLine = (row: readonly (string | number)[]) => `${row.map(csvCell).join(';')}\r\n`;

/** {@link xlsxStream} to its end, for files that are kept. */
export const xlsxFile = (sheet: Sheet): Promise<Buffer> => buffer(xlsxStream(sheet));

/** An .xlsx with the data and a sheet "Quy ước", made as it is read. Texts are written as texts, so none is ever a formula. */
export function xlsxStream(sheet: Sheet): Readable {
	const stream = new PassThrough();
	writeWorkbook(sheet, stream).catch((error: unknown) => stream.destroy(error as Error));
	return stream;
}

async function writeWorkbook({ title, headings, rows, notes }: Sheet, stream: PassThrough): Promise<void> {
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
	const data = workbook.addWorksheet(title.slice(0, 31).replace(/[*?:/\\[\]]/g, ' '), {
		views: [{ state: 'frozen', ySplit: 1 }]
	});
	data.columns = headings.map((header, i) => ({ header, width: widthOf(header, rows, i) }));
	data.getRow(1).font = { bold: true };
	for (const [i, row] of rows.entries()) {
		data.addRow([...row]).commit();
		if (i % ROWS_AT_ONCE === ROWS_AT_ONCE - 1 && !(await mayGoOn(stream))) return;
	}
	data.commit();
	const conventions = workbook.addWorksheet('Quy ước');
	conventions.columns = [{ width: 120 }];
	for (const note of [title, ...notes]) conventions.addRow([note]).commit();
	conventions.commit();
	await workbook.commit();
}

/** Waits for a slow reader; false when nobody reads any longer. */
async function mayGoOn(stream: PassThrough): Promise<boolean> {
	await setImmediate();
	while (stream.writableNeedDrain && !stream.destroyed)
		await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
	return !stream.destroyed;
}

function widthOf(header: string, rows: Sheet['rows'], column: number): number {
	const longest = rows
		.slice(0, 200)
		.reduce((most, row) => Math.max(most, String(row[column] ?? '').length), header.length);
	return Math.min(60, longest + 2);
}
