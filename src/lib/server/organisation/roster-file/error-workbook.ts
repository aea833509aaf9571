import ExcelJS from 'exceljs';
import { problemText } from '#lib/i18n/roster-import.ts';
import type { RosterField } from '#lib/organisation/roster-fields.ts';
import type { RowProblem } from '#lib/organisation/roster-import.ts';
import { dayOfSerial } from '#lib/text/days.ts';
import { formatDay } from '#lib/i18n/format.ts';
import type { Heading } from './header.ts';
import type { CellValue, SheetRow } from './workbook.ts';

/** Content type of .xlsx files. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Writes the rows that cannot be taken in, as they were sent, with their numbers and what is wrong with each; mended and
 * sent again, it is a roster file like any other. Written row by row: memory stays flat.
 */
export async function writeErrorWorkbook(
	path: string,
	content: {
		headings: readonly Heading[];
		mapping: Readonly<Record<string, RosterField>>;
		is1904: boolean;
		rows: readonly SheetRow[];
		problems: readonly RowProblem[];
	}
): Promise<void> {
	const { headings, mapping, is1904, rows } = content;
	const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useStyles: true });
	const sheet = workbook.addWorksheet('Dòng lỗi', { views: [{ state: 'frozen', ySplit: 1 }] });
	sheet.columns = [
		...headings.map(({ text }) => ({ width: Math.min(40, Math.max(12, text.length + 2)), style: { numFmt: '@' } })),
		{ width: 8 },
		{ width: 70 }
	];
	const head = sheet.addRow([...headings.map(({ text }) => text), 'Dòng', 'Lỗi']);
	head.font = { bold: true };
	head.commit();
	const sentences = sentencesByRow(content.problems);
	for (const { row, cells } of rows) {
		const text = sentences.get(row);
		if (!text) continue;
		const values = headings.map(({ column }) => asWritten(cells[column], mapping[column], is1904));
		sheet.addRow([...values, row, text]).commit();
	}
	sheet.commit();
	await workbook.commit();
}

function sentencesByRow(problems: readonly RowProblem[]): Map<number, string> {
	const sentences = new Map<number, string>();
	for (const problem of problems) {
		if (problem.isWarning) continue;
		const before = sentences.get(problem.row);
		const text = problemText('vi', problem);
		sentences.set(problem.row, before ? `${before}; ${text}` : text.charAt(0).toLocaleUpperCase('vi') + text.slice(1));
	}
	return sentences;
}

const DAY_FIELDS: readonly (RosterField | undefined)[] = ['birth', 'decisionDate', 'validFrom', 'validTo'];

/** Serial numbers of days become the day as text, so that the new file means the same in either calendar. */
function asWritten(value: CellValue, field: RosterField | undefined, is1904: boolean): CellValue {
	const isYear = field === 'birth' && typeof value === 'number' && value <= 2100;
	if (typeof value !== 'number' || isYear || !DAY_FIELDS.includes(field)) return value;
	const day = dayOfSerial(value, { is1904 });
	return day ? formatDay(day) : value;
}
