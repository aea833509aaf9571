import { Document, Packer, type Paragraph, type Table } from 'docx';
import { tableLead, tableTitle, type Block, type ReportDocument } from '#lib/reporting/report-document.ts';
import { cellText, totalRow, type ReportTable } from '#lib/reporting/report-table.ts';
import { centredTitle, columnWidths, dataTable, formSigners, note } from '../platform/office/form-table.ts';
import {
	body,
	documentStyles,
	heading,
	letterhead,
	pageSetup,
	signature,
	title
} from '../platform/office/official-form.ts';

/** Columns from which on letters get smaller, and their size in half points. */
const MANY_COLUMNS = 11;
const SMALL = 20;
const NORMAL = 22;

/** A report as a Word document in the form of Nghị định 30/2020/NĐ-CP; number, date and signature stay empty. */
export function writeDocx(report: ReportDocument): Promise<Buffer> {
	const { content, isWhole } = report;
	const first: (Paragraph | Table)[] = [
		...(isWhole ? [...letterhead(content.heading), ...title(report.title.kind, report.title.subject)] : []),
		...report.body.flatMap(blocks),
		...(isWhole ? signature(content.heading.signature) : [])
	];
	const rules = [note('Quy tắc tính:'), ...content.rule.map((line, i) => note(`(${i + 1}) ${line}`))];
	const across = report.appendix.flatMap((table) => [
		...form(table, { isLandscape: true, lead: tableLead(content) }),
		...(isWhole ? formSigners({ isLandscape: true }) : [])
	]);
	const sections = [
		{ ...pageSetup(), children: [...first, ...(across.length > 0 ? [] : rules)] },
		...(across.length > 0
			? [
					{
						...pageSetup({ isLandscape: true, isFirst: false }),
						children: [...(isWhole ? [centredTitle('Phụ lục')] : []), ...across, ...rules]
					}
				]
			: [])
	];
	return Packer.toBuffer(
		new Document({
			styles: documentStyles,
			sections,
			title: `${report.title.kind} ${report.title.subject}`,
			creator: content.heading.agency
		})
	);
}

function blocks(block: Block): (Paragraph | Table)[] {
	if (block.kind === 'table') return form(block.table, { isLandscape: false });
	return [block.kind === 'heading' ? heading(block.text) : body(block.text)];
}

function form(
	table: ReportTable,
	{ isLandscape, lead }: { isLandscape: boolean; lead?: string }
): (Paragraph | Table)[] {
	const { columns, rows, footnotes } = table;
	const total = totalRow(table);
	const texts = [...rows, ...(total ? [total] : [])].map((row) => row.map(cellText));
	return [
		centredTitle(tableTitle(table)),
		...(lead ? [note(lead, { isCentred: true })] : []),
		dataTable(
			columns.map(({ label }) => label),
			texts.length > 0 ? texts : [columns.map((_, i) => (i === 1 ? 'Trong kỳ không phát sinh.' : ''))],
			columnWidths(
				columns.map(({ width }) => width),
				{ isLandscape }
			),
			{
				textColumns: columns.flatMap(({ isText }, i) => (isText ? [i] : [])),
				size: columns.length >= MANY_COLUMNS ? SMALL : NORMAL,
				isLastBold: total !== undefined
			}
		),
		...footnotes.map((text) => note(text))
	];
}
