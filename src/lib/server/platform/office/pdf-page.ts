import PDFDocument from 'pdfkit';
import { fontOf, type Face } from './fonts.ts';

const MM = 72 / 25.4;
/** Margins of NĐ 30/2020/NĐ-CP: 20 mm above and below, 30 left, 15 right. Points. */
export const MARGINS = { top: 20 * MM, bottom: 20 * MM, left: 30 * MM, right: 15 * MM };

export type Doc = PDFKit.PDFDocument;
export type Layout = 'portrait' | 'landscape';

/** A line of text: where it begins and how wide it may get. */
type Place = Readonly<{
	x?: number;
	width?: number;
	size: number;
	face?: Face;
	align?: 'left' | 'center' | 'justify';
	indent?: number;
	/** Points left free below. */
	after?: number;
}>;

/** An A4 document with embedded fonts; page numbers are drawn at the end, when all pages are known. */
export function newDocument(info: { title: string; author: string; day: string }): Doc {
	return new PDFDocument({
		...{ size: 'A4', margins: MARGINS, autoFirstPage: false, bufferPages: true, lang: 'vi', displayTitle: true },
		font: fontOf('regular') as unknown as string,
		// The day of the figures, so that the same report gives the same bytes.
		info: { Title: info.title, Author: info.author, CreationDate: new Date(`${info.day}T00:00:00+07:00`) }
	});
}

export function addPage(doc: Doc, layout: Layout): void {
	doc.addPage({ size: 'A4', layout, margins: MARGINS });
	doc.x = MARGINS.left;
	doc.y = MARGINS.top;
}

/** Width between the margins of the present page. */
export const textWidth = (doc: Doc) => doc.page.width - MARGINS.left - MARGINS.right;

/** Where the present page's text must end. */
export const pageEnd = (doc: Doc) => doc.page.height - MARGINS.bottom;

/** Writes a text at the present height and goes on below it; a paragraph may run over the page's end. */
export function write(doc: Doc, text: string, place: Place): void {
	const { x = MARGINS.left, width = textWidth(doc), size, face = 'regular', align = 'left', indent = 0 } = place;
	doc
		.font(fontOf(face) as unknown as string)
		.fontSize(size)
		.fillColor('#000000')
		.text(text, x, doc.y, { width, align, indent, lineGap: size * 0.12 });
	doc.y += place.after ?? 0;
}

/** Begins a new page of the same layout where less than `height` is left. */
export function keep(doc: Doc, height: number): void {
	if (doc.y + height <= pageEnd(doc)) return;
	addPage(doc, doc.page.width > doc.page.height ? 'landscape' : 'portrait');
}

/** A drawn line around the middle of a column. */
export function rule(doc: Doc, x: number, width: number, length: number): void {
	const middle = x + width / 2;
	doc
		.lineWidth(0.8)
		.moveTo(middle - length / 2, doc.y + 2)
		.lineTo(middle + length / 2, doc.y + 2)
		.stroke();
	doc.y += 6;
}

/** What stands on every page beside its text, drawn when all pages are known. `index` counts from 0. */
type OnPage = (doc: Doc, index: number) => void;

/** Draws what belongs on every page, by default its number; then the whole file. */
export async function finish(doc: Doc, onPage: OnPage = numberOnTop): Promise<Buffer> {
	const chunks: Buffer[] = [];
	const whole = new Promise<Buffer>((resolve, reject) => {
		doc.on('data', (chunk: Buffer) => chunks.push(chunk));
		doc.on('end', () => resolve(Buffer.concat(chunks)));
		doc.on('error', reject);
	});
	const { count } = doc.bufferedPageRange();
	for (let i = 0; i < count; i++) {
		doc.switchToPage(i);
		onPage(doc, i);
	}
	doc.end();
	return whole;
}

/** Top centre, not on the first page. */
function numberOnTop(doc: Doc, index: number): void {
	if (index > 0) writeCentred(doc, String(index + 1), 28);
}

/** One line in the middle of the page at a height of its own, also outside the margins. */
export function writeCentred(doc: Doc, text: string, y: number, size = 13): void {
	doc.font(fontOf('regular') as unknown as string).fontSize(size);
	doc.text(text, (doc.page.width - doc.widthOfString(text)) / 2, y, { lineBreak: false });
}
