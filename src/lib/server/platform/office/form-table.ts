import {
	AlignmentType,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	VerticalAlign,
	WidthType,
	type IRunOptions
} from 'docx';
import {
	besides,
	cellStyle,
	centredLine,
	run,
	SIZE,
	TEXT_WIDTH,
	WIDTH_ACROSS,
	type CellSize
} from './official-type.ts';

/** How a form's table is set; `parts` are the columns' parts of the whole width. */
type TableLook = Readonly<{
	/** Columns set to the left: texts. The rest is centred. Only the second one unless said otherwise. */
	textColumns?: readonly number[];
	/** Wide forms need smaller letters. */
	size?: CellSize;
	isLastBold?: boolean;
}>;

/** A number of two digits in brackets stays on one line. */
const LEAST_WIDTH = 520;

/** Widths in twentieths of a point of columns that share the text's width by their parts. */
export function columnWidths(parts: readonly number[], { isLandscape = false } = {}): number[] {
	const whole = parts.reduce((sum, part) => sum + part, 0);
	const widths = parts.map((part) => Math.floor((part / whole) * (isLandscape ? WIDTH_ACROSS : TEXT_WIDTH)));
	const wide = widths.map((width) => Math.max(LEAST_WIDTH, width));
	// what the narrow ones take, the widest one gives
	const widest = wide.indexOf(Math.max(...wide));
	const taken = wide.reduce((sum, width, i) => sum + width - (widths[i] ?? 0), 0);
	return wide.map((width, i) => (i === widest ? width - taken : width));
}

/**
 * A table whose heading row repeats on each page, with the row of column numbers that statistical forms carry. Letters come
 * from styles, margins and widths from the table, not from each cell: a province's list has 150,000 cells. The document
 * needs `documentStyles`.
 */
export function dataTable(
	headings: readonly string[],
	rows: readonly (readonly string[])[],
	widths: readonly number[],
	{ textColumns = [1], size = SIZE.table, isLastBold = false }: TableLook = {}
): Table {
	const cell = (text: string, column: number, options: IRunOptions = {}, isHead = false) =>
		new TableCell({
			verticalAlign: VerticalAlign.CENTER,
			children: [
				new Paragraph({
					style: cellStyle(size, isHead || !textColumns.includes(column) ? 'centre' : 'left'),
					children: [new TextRun({ text, ...options })]
				})
			]
		});
	const head = (texts: readonly string[], options: IRunOptions) =>
		new TableRow({
			tableHeader: true,
			cantSplit: true,
			children: texts.map((text, i) => cell(text, i, options, true))
		});
	return new Table({
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		columnWidths: [...widths],
		layout: TableLayoutType.FIXED,
		margins: { top: 40, bottom: 40, left: 60, right: 60 },
		rows: [
			head(headings, { bold: true }),
			head(
				headings.map((_, i) => `(${i + 1})`),
				{ italics: true }
			),
			...rows.map((row, no) => {
				const options = isLastBold && no === rows.length - 1 ? { bold: true } : {};
				return new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, options)) });
			})
		]
	});
}

/** Title of an appendix and of a form, and what stands small under a table. */
export function centredTitle(text: string): Paragraph {
	return new Paragraph({
		keepNext: true,
		alignment: AlignmentType.CENTER,
		spacing: { before: 240, after: 60 },
		children: [run(text, { bold: true })]
	});
}
export function note(text: string, { isCentred = false } = {}): Paragraph {
	return new Paragraph({
		keepNext: isCentred,
		alignment: isCentred ? AlignmentType.CENTER : AlignmentType.JUSTIFIED,
		spacing: { before: 60, after: 60 },
		children: [run(text, { size: SIZE.table, italics: true })]
	});
}

/** Người lập biểu on the left, thủ trưởng on the right, under a form. */
export function formSigners({ isLandscape = false } = {}): (Paragraph | Table)[] {
	const hint = { size: SIZE.table, italics: true };
	return [
		new Paragraph({ spacing: { before: 120 } }),
		besides(
			[centredLine('Người lập biểu', { bold: true }), centredLine('(Ký, ghi rõ họ tên)', hint)],
			[centredLine('Thủ trưởng đơn vị', { bold: true }), centredLine('(Ký, ghi rõ họ tên và đóng dấu)', hint)],
			isLandscape ? WIDTH_ACROSS : TEXT_WIDTH
		)
	];
}
