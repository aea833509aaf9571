import { fontOf, type Face } from './fonts.ts';
import type { PagedBlock, PagedDocument } from './paged-document.ts';
import {
	addPage,
	finish,
	keep,
	MARGINS,
	newDocument,
	pageEnd,
	textWidth,
	write,
	writeCentred,
	type Doc
} from './pdf-page.ts';

const MM = 72 / 25.4;
const SIZE = 13;
const FOOT_SIZE = 11;
const LINE_HEIGHT = SIZE * 1.35;
const INDENT = 20;
const PADDING = 3;
type BlockOf<K extends PagedBlock['kind']> = Extract<PagedBlock, { kind: K }>;

/** The document as a PDF, drawn here: it needs no LibreOffice on the server. */
export function writePagedPdf(paged: PagedDocument): Promise<Buffer> {
	const doc = newDocument(paged);
	addPage(doc, 'portrait');
	paged.blocks.forEach((block, i) => draw(doc, block, paged.blocks.slice(i + 1)));
	const { count } = doc.bufferedPageRange();
	return finish(doc, (page, i) => {
		writeCentred(
			page,
			`${paged.footer}${i + 1}/${count}`,
			page.page.height - MARGINS.bottom / 2 - FOOT_SIZE,
			FOOT_SIZE
		);
	});
}

function draw(doc: Doc, block: PagedBlock, following: readonly PagedBlock[]): void {
	switch (block.kind) {
		case 'head':
			return head(doc, block);
		case 'text':
			return text(doc, block, following);
		case 'fill':
			return fill(doc, block);
		case 'table':
			return table(doc, block);
	}
}

function head(doc: Doc, { left, right }: BlockOf<'head'>): void {
	const top = doc.y;
	const narrow = textWidth(doc) * 0.4;
	const column = (lines: readonly string[], x: number, width: number, isBold: boolean) => {
		doc.y = top;
		lines.forEach((line, i) =>
			write(doc, line, { x, width, size: SIZE, align: 'center', face: isBold || i === 0 ? 'bold' : 'regular' })
		);
		return doc.y;
	};
	const ends = [
		column(left, MARGINS.left, narrow - 8, true),
		column(right, MARGINS.left + narrow, textWidth(doc) - narrow, false)
	];
	doc.y = Math.max(...ends) + 8;
}

/** A text keeps together with those that follow as long as it says so: a stem with its options, if a page can hold them. */
function text(doc: Doc, block: BlockOf<'text'>, following: readonly PagedBlock[]): void {
	let height = heightOf(doc, block);
	let last = block;
	for (const next of following) {
		if (!last.isKept || next.kind !== 'text') break;
		height += heightOf(doc, next);
		last = next;
	}
	const room = pageEnd(doc) - MARGINS.top;
	keep(doc, Math.min(height, room));
	const { x, width } = placeOf(doc, block);
	doc.y += before(block);
	const face: Face = block.isBold ? 'bold' : block.isItalic ? 'italic' : 'regular';
	if (!block.label)
		return write(doc, block.text, { x, width, size: SIZE, face, align: block.isCentred ? 'center' : 'left' });
	const options = { width, lineGap: SIZE * 0.12 };
	doc
		.fontSize(SIZE)
		.fillColor('#000000')
		.font(fontOf('bold') as unknown as string);
	doc.text(`${block.label} `, x, doc.y, { ...options, continued: true });
	doc.font(fontOf(face) as unknown as string).text(block.text, options);
}

const before = ({ isIndented }: BlockOf<'text'>) => (isIndented ? 1 : 6);

function placeOf(doc: Doc, { isIndented }: BlockOf<'text'>): { x: number; width: number } {
	const indent = isIndented ? INDENT : 0;
	return { x: MARGINS.left + indent, width: textWidth(doc) - indent };
}

function heightOf(doc: Doc, block: BlockOf<'text'>): number {
	const { width } = placeOf(doc, block);
	doc.font(fontOf('bold') as unknown as string).fontSize(SIZE);
	const whole = [block.label, block.text].filter(Boolean).join(' ');
	return before(block) + doc.heightOfString(whole, { width, lineGap: SIZE * 0.12 });
}

function fill(doc: Doc, { fields }: BlockOf<'fill'>): void {
	const whole = fields.reduce((sum, { part }) => sum + part, 0);
	keep(doc, LINE_HEIGHT + 6);
	doc.y += 6;
	const top = doc.y;
	let x = MARGINS.left;
	doc
		.font(fontOf('regular') as unknown as string)
		.fontSize(SIZE)
		.fillColor('#000000');
	for (const { label, part } of fields) {
		const width = (part / whole) * textWidth(doc);
		doc.text(label, x, top, { lineBreak: false });
		const from = x + (label ? doc.widthOfString(`${label} `) : 0);
		const base = top + SIZE * 0.95;
		doc
			.lineWidth(0.7)
			.dash(1, { space: 2 })
			.moveTo(from, base)
			.lineTo(x + width - 4, base)
			.stroke()
			.undash();
		x += width;
	}
	doc.x = MARGINS.left;
	doc.y = top + LINE_HEIGHT;
}

function table(doc: Doc, { parts, head: headings, rows, rowMm }: BlockOf<'table'>): void {
	const whole = parts.reduce((sum, part) => sum + part, 0);
	const widths = parts.map((part) => (part / whole) * textWidth(doc));
	const least = rowMm * MM;
	doc.y += 4;
	keep(doc, 2 * least + 10);
	drawRow(doc, headings, widths, least, 'bold');
	for (const row of rows) {
		if (doc.y + rowHeight(doc, row, widths, least) > pageEnd(doc)) {
			addPage(doc, 'portrait');
			drawRow(doc, headings, widths, least, 'bold');
		}
		drawRow(doc, row, widths, least, 'regular');
	}
	doc.x = MARGINS.left;
	doc.y += 4;
}

function rowHeight(doc: Doc, texts: readonly string[], widths: readonly number[], least: number): number {
	doc.font(fontOf('bold') as unknown as string).fontSize(SIZE - 1);
	const heights = texts.map((one, i) => doc.heightOfString(one || ' ', { width: (widths[i] ?? 0) - 2 * PADDING }));
	return Math.max(least, ...heights.map((height) => height + 2 * PADDING));
}

function drawRow(doc: Doc, texts: readonly string[], widths: readonly number[], least: number, face: Face): void {
	const height = rowHeight(doc, texts, widths, least);
	const top = doc.y;
	let x = MARGINS.left;
	doc.font(fontOf(face) as unknown as string);
	texts.forEach((one, i) => {
		const width = widths[i] ?? 0;
		doc.lineWidth(0.6).strokeColor('#000000').rect(x, top, width, height).stroke();
		const inner = width - 2 * PADDING;
		const textHeight = doc.heightOfString(one || ' ', { width: inner });
		if (one) doc.text(one, x + PADDING, top + (height - textHeight) / 2, { width: inner, height, align: 'center' });
		x += width;
	});
	doc.y = top + height;
}
