import {
	AlignmentType,
	Document,
	Footer,
	HeightRule,
	LeaderType,
	Packer,
	PageNumber,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TabStopType,
	TextRun,
	VerticalAlign,
	WidthType
} from 'docx';
import { columnWidths } from './form-table.ts';
import { documentStyles, pageSetup } from './official-form.ts';
import { centredLine, FONT, MM, NO_BORDER, NO_BORDERS, pictureRun, run, TEXT_WIDTH } from './official-type.ts';
import type { PagedBlock, PagedDocument } from './paged-document.ts';

/** Half points. */
const SIZE = 26;
const FOOT_SIZE = 22;
type BlockOf<K extends PagedBlock['kind']> = Extract<PagedBlock, { kind: K }>;

/** The document as Word; page numbers are fields, so they stay right when somebody edits it. */
export function writePagedDocx({ title, author, footer, blocks }: PagedDocument): Promise<Buffer> {
	const { properties } = pageSetup();
	return Packer.toBuffer(
		new Document({
			...{ styles: documentStyles, title, creator: author },
			sections: [
				{
					properties: { ...properties, titlePage: false },
					footers: { default: foot(footer) },
					children: blocks.map(draw)
				}
			]
		})
	);
}

function foot(text: string): Footer {
	const children = [text, PageNumber.CURRENT, '/', PageNumber.TOTAL_PAGES];
	return new Footer({
		children: [
			new Paragraph({
				alignment: AlignmentType.CENTER,
				children: [new TextRun({ font: FONT, size: FOOT_SIZE, children })]
			})
		]
	});
}

function draw(block: PagedBlock): Paragraph | Table {
	switch (block.kind) {
		case 'head':
			return head(block);
		case 'text':
			return text(block);
		case 'pictures':
			return pictures(block);
		case 'fill':
			return fill(block);
		case 'table':
			return table(block);
	}
}

function head({ left, right }: BlockOf<'head'>): Table {
	const [narrow = 0, wide = 0] = columnWidths([2, 3]);
	const lines = (texts: readonly string[], isBold: boolean) =>
		texts.map((line, i) => centredLine(line, { size: SIZE, bold: isBold || i === 0 }));
	const cell = (texts: readonly string[], width: number, isBold: boolean) =>
		new TableCell({
			...{ borders: NO_BORDERS, width: { size: width, type: WidthType.DXA } },
			children: lines(texts, isBold)
		});
	return new Table({
		width: { size: TEXT_WIDTH, type: WidthType.DXA },
		columnWidths: [narrow, wide],
		borders: { ...NO_BORDERS, insideHorizontal: NO_BORDER, insideVertical: NO_BORDER },
		rows: [new TableRow({ children: [cell(left, narrow, true), cell(right, wide, false)] })]
	});
}

function text({ label, isBold, isItalic, isCentred, isIndented, isKept, ...block }: BlockOf<'text'>): Paragraph {
	return new Paragraph({
		...{ keepNext: isKept ?? false, keepLines: true, spacing: { before: isIndented ? 20 : 100, after: 20 } },
		alignment: isCentred ? AlignmentType.CENTER : AlignmentType.LEFT,
		indent: { left: isIndented ? INDENT : 0 },
		children: [
			...(label ? [run(`${label} `, { size: SIZE, bold: true })] : []),
			run(block.text, { size: SIZE, bold: isBold ?? false, italics: isItalic ?? false })
		]
	});
}

/** Twentieths of a point; what a label needs beside its picture, and what texts of a question are indented. */
const LABEL_WIDTH = 440;
const INDENT = 400;

function pictures({ shown, columns, room, isIndented, isKept }: BlockOf<'pictures'>): Paragraph {
	const indent = isIndented ? INDENT : 0;
	const width = Math.floor((TEXT_WIDTH - indent) / columns);
	const widthMm = Math.min(room.widthMm, (width - LABEL_WIDTH) / MM);
	return new Paragraph({
		...{ keepNext: isKept ?? false, keepLines: true, spacing: { before: 40, after: 60 } },
		indent: { left: indent },
		tabStops: shown.slice(1).map((_, i) => ({ type: TabStopType.LEFT, position: indent + (i + 1) * width })),
		children: shown.flatMap(({ picture, alt, label }, i) => [
			...(i > 0 ? [new TextRun({ text: '\t' })] : []),
			...(label ? [run(`${label} `, { size: SIZE, bold: true })] : []),
			pictureRun(picture, alt, { ...room, widthMm })
		])
	});
}

function fill({ fields }: BlockOf<'fill'>): Paragraph {
	const widths = columnWidths(fields.map(({ part }) => part));
	let end = 0;
	const tabStops = widths.map((width) => ({
		...{ type: TabStopType.LEFT, leader: LeaderType.DOT },
		position: (end += width) - 60
	}));
	const children = fields.flatMap(({ label }) => [
		run(`${label} `, { size: SIZE }),
		new TextRun({ font: FONT, size: SIZE, text: '\t' })
	]);
	return new Paragraph({ tabStops, spacing: { before: 120 }, children });
}

function table({ parts, head: headings, rows, rowMm }: BlockOf<'table'>): Table {
	const widths = columnWidths(parts);
	const row = (texts: readonly string[], isHead: boolean) =>
		new TableRow({
			...{ tableHeader: isHead, cantSplit: true },
			height: { value: Math.round(rowMm * MM), rule: HeightRule.ATLEAST },
			children: texts.map(
				(line, i) =>
					new TableCell({
						verticalAlign: VerticalAlign.CENTER,
						width: { size: widths[i] ?? 0, type: WidthType.DXA },
						children: [centredLine(line, { size: SIZE - 2, bold: isHead })]
					})
			)
		});
	return new Table({
		width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
		...{ columnWidths: widths, layout: TableLayoutType.FIXED },
		rows: [row(headings, true), ...rows.map((texts) => row(texts, false))]
	});
}
