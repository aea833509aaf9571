import { fontOf, type Face } from './fonts.ts';
import { drawnSize } from './office-picture.ts';
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
const PICTURE_GAP = 4;
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
			keepTogether(doc, block, following);
			return text(doc, block);
		case 'pictures':
			keepTogether(doc, block, following);
			return pictures(doc, block);
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

type Line = BlockOf<'text'> | BlockOf<'pictures'>;

/**
 * A text or picture stays together with those that follow as long as it says so: a stem with its options. Where no page
 * can hold them all, it at least stays whole itself.
 */
function keepTogether(doc: Doc, block: Line, following: readonly PagedBlock[]): void {
	let height = heightOf(doc, block);
	let last = block;
	for (const next of following) {
		if (!last.isKept || (next.kind !== 'text' && next.kind !== 'pictures')) break;
		height += heightOf(doc, next);
		last = next;
	}
	const room = pageEnd(doc) - MARGINS.top;
	keep(doc, Math.min(height, room));
}

function text(doc: Doc, block: BlockOf<'text'>): void {
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
	if (!block.text) return void doc.text(block.label, x, doc.y, options);
	doc.text(`${block.label} `, x, doc.y, { ...options, continued: true });
	doc.font(fontOf(face) as unknown as string).text(block.text, options);
}

const before = ({ isIndented }: Line) => (isIndented ? 1 : 6);

function pictures(doc: Doc, block: BlockOf<'pictures'>): void {
	const { x, width } = placeOf(doc, block);
	const sizes = sizesOf(doc, block);
	const top = doc.y + PICTURE_GAP;
	block.shown.forEach(({ picture, label }, i) => {
		const { width: wide = 0, height = 0, labelWidth = 0 } = sizes[i] ?? {};
		const left = x + (i * width) / block.columns;
		doc.font(fontOf('bold') as unknown as string).fontSize(SIZE);
		if (label) doc.fillColor('#000000').text(label, left, top, { lineBreak: false });
		doc.image(picture.bytes, left + labelWidth, top, { width: wide, height });
	});
	doc.x = MARGINS.left;
	doc.y = top + Math.max(...sizes.map(({ height }) => height)) + PICTURE_GAP;
}

/** Points; what a label takes of its column is not there for the picture. */
function sizesOf(doc: Doc, block: BlockOf<'pictures'>): { width: number; height: number; labelWidth: number }[] {
	const column = placeOf(doc, block).width / block.columns;
	doc.font(fontOf('bold') as unknown as string).fontSize(SIZE);
	return block.shown.map(({ picture, label }) => {
		const labelWidth = label ? doc.widthOfString(`${label} `) : 0;
		const widthMm = Math.min(block.room.widthMm, (column - labelWidth - PICTURE_GAP) / MM);
		const size = drawnSize(picture, { ...block.room, widthMm });
		return { width: size.widthMm * MM, height: size.heightMm * MM, labelWidth };
	});
}

function placeOf(doc: Doc, { isIndented }: Line): { x: number; width: number } {
	const indent = isIndented ? INDENT : 0;
	return { x: MARGINS.left + indent, width: textWidth(doc) - indent };
}

function heightOf(doc: Doc, block: Line): number {
	if (block.kind === 'pictures') return Math.max(...sizesOf(doc, block).map(({ height }) => height)) + 2 * PICTURE_GAP;
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
