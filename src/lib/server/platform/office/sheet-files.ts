import ExcelJS from 'exceljs';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

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

/** UTF-8 with a byte order mark, semicolons between cells: what Excel with Vietnamese settings opens on a double click. */
export function csvFile({ headings, rows }: Sheet): string {
	return `\uFEFF${[headings, ...rows].map((row) => row.map(csvCell).join(';')).join('\r\n')}\r\n`;
}

/** An .xlsx with the data and a sheet "Quy ước". Texts are written as texts, so none of them is ever a formula. */
export async function xlsxFile({ title, headings, rows, notes }: Sheet): Promise<Buffer> {
	const stream = new PassThrough();
	const whole = buffer(stream);
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false });
	const data = workbook.addWorksheet(title.slice(0, 31).replace(/[*?:/\\[\]]/g, ' '), {
		views: [{ state: 'frozen', ySplit: 1 }]
	});
	data.columns = headings.map((header, i) => ({ header, width: widthOf(header, rows, i) }));
	data.getRow(1).font = { bold: true };
	for (const row of rows) data.addRow([...row]).commit();
	data.commit();
	const conventions = workbook.addWorksheet('Quy ước');
	conventions.columns = [{ width: 120 }];
	for (const note of [title, ...notes]) conventions.addRow([note]).commit();
	conventions.commit();
	await workbook.commit();
	return whole;
}

function widthOf(header: string, rows: Sheet['rows'], column: number): number {
	const longest = rows
		.slice(0, 200)
		.reduce((most, row) => Math.max(most, String(row[column] ?? '').length), header.length);
	return Math.min(60, longest + 2);
}
