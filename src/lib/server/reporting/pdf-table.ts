import { cellText, totalRow, type ReportTable } from '#lib/reporting/report-table.ts';
import { fontOf, type Face } from '../platform/office/fonts.ts';
import { keep, MARGINS, pageEnd, textWidth, type Doc } from '../platform/office/pdf-page.ts';

const PADDING = 3;
const MANY_COLUMNS = 11;

type Line = Readonly<{ texts: readonly string[]; face: Face; isHead?: boolean }>;

/** Draws a form; its two heading rows come again on each page it runs over, no row is cut in two. */
export function drawTable(doc: Doc, table: ReportTable): void {
	const size = table.columns.length >= MANY_COLUMNS ? 8.5 : 10.5;
	const parts = table.columns.reduce((sum, { width }) => sum + width, 0);
	const widths = table.columns.map(({ width }) => (width / parts) * textWidth(doc));
	const heads: Line[] = [
		{ texts: table.columns.map(({ label }) => label), face: 'bold', isHead: true },
		{ texts: table.columns.map((_, i) => `(${i + 1})`), face: 'italic', isHead: true }
	];
	const draw = (line: Line) => drawRow(doc, table, line, widths, size);
	const heightOf = (line: Line) => rowHeight(doc, line, widths, size);
	const headHeight = heads.reduce((sum, head) => sum + heightOf(head), 0);
	const lines = linesOf(table);
	keep(doc, headHeight + (lines[0] ? heightOf(lines[0]) : 0));
	heads.forEach(draw);
	for (const line of lines) {
		if (doc.y + heightOf(line) > pageEnd(doc)) {
			keep(doc, pageEnd(doc));
			heads.forEach(draw);
		}
		draw(line);
	}
	doc.x = MARGINS.left;
	doc.y += 4;
}

function linesOf(table: ReportTable): Line[] {
	if (table.rows.length === 0) {
		const texts = table.columns.map((_, i) => (i === 1 ? 'Trong kỳ không phát sinh.' : ''));
		return [{ texts, face: 'regular' }];
	}
	const total = totalRow(table);
	return [
		...table.rows.map((row): Line => ({ texts: row.map(cellText), face: 'regular' })),
		...(total ? [{ texts: total.map(cellText), face: 'bold' } as const] : [])
	];
}

function rowHeight(doc: Doc, { texts, face }: Line, widths: readonly number[], size: number): number {
	doc.font(fontOf(face) as unknown as string).fontSize(size);
	const heights = texts.map((text, i) =>
		text === '' ? 0 : doc.heightOfString(text, { width: (widths[i] ?? 0) - 2 * PADDING })
	);
	return Math.max(size * 1.2, ...heights) + 2 * PADDING;
}

function drawRow(doc: Doc, { columns }: ReportTable, line: Line, widths: readonly number[], size: number): void {
	const height = rowHeight(doc, line, widths, size);
	const top = doc.y;
	let x = MARGINS.left;
	line.texts.forEach((text, i) => {
		const width = widths[i] ?? 0;
		doc.lineWidth(0.5).strokeColor('#000000').rect(x, top, width, height).stroke();
		const align = line.isHead || !columns[i]?.isText ? 'center' : 'left';
		// pdfkit would turn the page by itself for a text that ends a hair below the margin.
		if (text) doc.text(text, x + PADDING, top + PADDING, { width: width - 2 * PADDING, height, align });
		x += width;
	});
	doc.y = top + height;
}
