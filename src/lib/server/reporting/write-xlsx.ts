import ExcelJS from 'exceljs';
import { formatDay } from '#lib/i18n/format.ts';
import { tableLead, tableTitle } from '#lib/reporting/report-document.ts';
import type { ReportContent } from '#lib/reporting/report-content.ts';
import {
	cellText,
	labelColumn,
	percentOf,
	totalRow,
	type Cell,
	type Column,
	type ReportTable
} from '#lib/reporting/report-table.ts';
import { reportTable, type TableId } from '#lib/reporting/report-tables.ts';

/** Rows above the data: title, lead, an empty one, headings, column numbers. */
const HEAD_ROW = 4;
const FIRST_ROW = 6;
const THIN = { style: 'thin' } as const;
const BORDER = { top: THIN, bottom: THIN, left: THIN, right: THIN };
const ONE_PAGE_WIDE = { paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 } as const;
const NOTHING = '"Không phát sinh"';

/**
 * A report's forms as a workbook, one sheet each: numbers are numbers, sums and percentages formulas, headings stay in sight
 * and repeat in print. Beside them the counting rule and the ids of what was counted, without names and numbers of people.
 */
export async function writeXlsx(content: ReportContent, tables: readonly TableId[]): Promise<Buffer> {
	const workbook = new ExcelJS.Workbook();
	workbook.creator = content.heading.agency;
	for (const id of tables) writeSheet(workbook, reportTable(content, id), content);
	writeConventions(workbook, content);
	writeSources(workbook, content);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}

function writeSheet(workbook: ExcelJS.Workbook, table: ReportTable, content: ReportContent): void {
	const sheet = workbook.addWorksheet(`Biểu ${table.id}`, {
		views: [{ state: 'frozen', ySplit: HEAD_ROW + 1 }],
		pageSetup: {
			...{ ...ONE_PAGE_WIDE, orientation: 'landscape' },
			printTitlesRow: `${HEAD_ROW}:${HEAD_ROW + 1}`
		}
	});
	const { columns, rows } = table;
	sheet.columns = columns.map((column) => ({ width: widthOf(column) }));
	sheet.addRow([tableTitle(table)]).font = { bold: true, size: 13 };
	sheet.addRow([tableLead(content)]).font = { italic: true };
	sheet.addRow([]);
	const heads = [columns.map(({ label }) => label), columns.map((_, i) => `(${i + 1})`)];
	for (const [i, texts] of heads.entries()) {
		const row = sheet.addRow(texts);
		row.font = { bold: i === 0, italic: i === 1 };
		row.height = heightOf(columns, texts);
		row.eachCell((cell) => {
			cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
			cell.border = BORDER;
		});
	}
	for (const cells of rows) writeRow(sheet, columns, cells);
	const total = totalRow(table);
	if (total) writeTotal(sheet, table, total);
	sheet.addRow([]);
	for (const line of table.footnotes) sheet.addRow([line]).font = { italic: true };
	const last = Math.max(2, columns.length - 2);
	const signers = sheet.addRow([]);
	signers.getCell(2).value = 'Người lập biểu';
	signers.getCell(last).value = 'Thủ trưởng đơn vị';
	signers.font = { bold: true };
}

function writeRow(sheet: ExcelJS.Worksheet, columns: readonly Column[], cells: readonly Cell[]): ExcelJS.Row {
	const row = sheet.addRow([]);
	columns.forEach((column, i) => {
		const cell = row.getCell(i + 1);
		cell.border = BORDER;
		cell.alignment = { vertical: 'top', wrapText: true, horizontal: column.isText ? 'left' : 'right' };
		write(cell, column, cells[i] ?? null, cells);
	});
	row.height = heightOf(columns, cells.map(cellText));
	return row;
}

/** Points for the lines a row's texts take: programs do not all measure wrapped rows when they open a file. */
function heightOf(columns: readonly Column[], texts: readonly string[]): number {
	const lines = texts.map((text, i) => Math.ceil((text.length * 1.15) / widthOf(columns[i])));
	return 15 * Math.max(1, ...lines) + 1;
}

/** In letters, as a workbook measures. */
const widthOf = (column: Column | undefined) => Math.max(6, (column?.width ?? 0) * 1.1);

/** Texts are written as texts: none is ever a formula, whatever it begins with. */
function write(cell: ExcelJS.Cell, column: Column, value: Cell, cells: readonly Cell[]): void {
	const row = Number(cell.row);
	if (column.percent) {
		cell.value = percentFormula(column.percent, row, cells);
		cell.numFmt = '0.00%';
	} else if (column.sum) {
		cell.value = { formula: column.sum.map((i) => `${letter(i)}${row}`).join('+'), result: Number(value) };
		cell.numFmt = '#,##0';
	} else if (typeof value === 'number') {
		cell.value = value;
		cell.numFmt = Number.isInteger(value) ? '#,##0' : '#,##0.0';
	} else if (value !== null && typeof value === 'object') {
		cell.value = value.whole === 0 ? 'Không phát sinh' : roundedDown(value.part, value.whole);
		cell.numFmt = '0.00%';
	} else cell.value = value;
}

/** Down to two decimals of a percent, as the share is printed; text for a share of nothing. */
function percentFormula(percent: NonNullable<Column['percent']>, row: number, cells: readonly Cell[]) {
	const sum = (indexes: readonly number[]) => indexes.map((i) => `${letter(i)}${row}`).join('+');
	const { part, whole } = percentOf(percent, cells);
	return {
		formula: `IF((${sum(percent.whole)})=0,${NOTHING},ROUNDDOWN((${sum(percent.part)})/(${sum(percent.whole)}),4))`,
		result: whole === 0 ? 'Không phát sinh' : roundedDown(part, whole)
	};
}

function writeTotal(sheet: ExcelJS.Worksheet, { columns, rows, total }: ReportTable, cells: readonly Cell[]): void {
	const row = writeRow(sheet, columns, cells);
	row.font = { bold: true };
	const last = FIRST_ROW + rows.length - 1;
	for (const index of total?.columns ?? []) {
		const formula = `SUM(${letter(index)}${FIRST_ROW}:${letter(index)}${last})`;
		row.getCell(index + 1).value = { formula, result: Number(cells[index]) };
	}
	row.getCell(labelColumn(columns) + 1).value = total?.label;
}

function writeConventions(workbook: ExcelJS.Workbook, { heading, rule, notes }: ReportContent): void {
	const sheet = workbook.addWorksheet('Quy ước', { pageSetup: ONE_PAGE_WIDE });
	sheet.columns = [{ width: 110 }];
	const lines = [
		`Đơn vị báo cáo: ${heading.unit.name} (${heading.unit.code}). Kỳ báo cáo: ${heading.period}.`,
		`Từ ngày ${formatDay(heading.from)} đến ngày ${formatDay(heading.to)}; ngày chốt số liệu ${formatDay(heading.cutOff)}; giai đoạn ${heading.stage}.`,
		'Các biểu là biểu tham khảo theo đề cương của Sở Tư pháp, không thay biểu mẫu thống kê của ngành.',
		...rule,
		...notes
	];
	for (const line of lines) {
		const row = sheet.addRow([line]);
		row.getCell(1).alignment = { wrapText: true, vertical: 'top' };
		row.height = 15 * Math.ceil(line.length / 100) + 1;
	}
}

function writeSources(workbook: ExcelJS.Workbook, { sources }: ReportContent): void {
	const sheet = workbook.addWorksheet('Dữ liệu nguồn', {
		views: [{ state: 'frozen', ySplit: 1 }],
		pageSetup: ONE_PAGE_WIDE
	});
	sheet.columns = [
		{ header: 'Loại', width: 34 },
		{ header: 'Mã trong hệ thống', width: 40 }
	];
	const groups = [
		['Hoạt động tập huấn', sources.activities],
		['Người đã được tập huấn', sources.trained],
		['Người chưa được tập huấn', sources.untrained]
	] as const;
	for (const [kind, ids] of groups) for (const id of ids) sheet.addRow([kind, id]);
}

const roundedDown = (part: number, whole: number) => Math.floor((part * 10_000) / whole) / 10_000;

/** Column letters of an index from 0; forms have fewer than 26 columns. */
const letter = (index: number) => String.fromCharCode(65 + index);
