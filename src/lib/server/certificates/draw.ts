import PDFDocument from 'pdfkit';
import { certificateWords, type CertificateContent, type CertificateWords } from '#lib/certificates/content.ts';
import { drawQr } from '../identity/slip-qr.ts';
import { fontOf } from '../platform/office/fonts.ts';

/** A4 landscape, points. */
const WIDTH = 841.89;
const HEIGHT = 595.28;
const EDGE = 28;
/** Space between the frame and the text. */
const INNER = 40;
const QR_SIZE = 78;
const LOGO_SIZE = 58;
/** Where number and signature begin. */
const FOOT_TOP = HEIGHT - EDGE - 146;
/** The block of labels and values. */
const LINES_WIDTH = 600;
const LABEL_MAX = 230;
const LINE_SIZES = [14.5, 13, 11.5, 10];
const LINE_GAP = 4;
const COLUMN_GAP = 10;
const INK = '#111111';
const BLUE = '#0b3d91';
const GOLD = '#b8860b';
const RED = '#a01c16';

/** One certificate to draw, with the address its QR code leads to and its logo (JPEG). */
export type CertificatePage = Readonly<{ content: CertificateContent; checkUrl: string; logo?: Buffer }>;

/**
 * Certificates as one PDF, a page each, fonts embedded. The same pages give the same bytes: what an agency signed can be
 * compared with what was issued.
 */
export async function drawCertificates(pages: readonly CertificatePage[]): Promise<Buffer> {
	const [first] = pages;
	if (!first) throw new Error('a certificate PDF needs a page');
	const single = pages.length === 1;
	const doc = new PDFDocument({
		size: 'A4',
		layout: 'landscape',
		margin: 0,
		autoFirstPage: false,
		lang: 'vi',
		displayTitle: true,
		font: fontOf('regular') as unknown as string,
		info: {
			Title: single
				? `${first.content.design.title} ${certificateWords(first.content).number}`
				: first.content.design.title,
			Author: first.content.design.issuingBody,
			CreationDate: new Date(`${first.content.issuedOn}T00:00:00+07:00`)
		}
	});
	const chunks: Buffer[] = [];
	const whole = new Promise<Buffer>((resolve, reject) => {
		doc.on('data', (chunk: Buffer) => chunks.push(chunk));
		doc.on('end', () => resolve(Buffer.concat(chunks)));
		doc.on('error', reject);
	});
	for (const page of pages) {
		doc.addPage();
		drawPage(doc, page);
	}
	doc.end();
	return whole;
}

function drawPage(doc: PDFKit.PDFDocument, { content, checkUrl, logo }: CertificatePage): void {
	const words = certificateWords(content);
	drawFrame(doc);
	drawHeads(doc, words, logo);
	drawBody(doc, words, logo !== undefined);
	drawFoot(doc, words, checkUrl);
}

function drawFrame(doc: PDFKit.PDFDocument): void {
	doc
		.lineWidth(3)
		.strokeColor(BLUE)
		.rect(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE)
		.stroke();
	doc
		.lineWidth(0.8)
		.strokeColor(GOLD)
		.rect(EDGE + 6, EDGE + 6, WIDTH - 2 * EDGE - 12, HEIGHT - 2 * EDGE - 12)
		.stroke();
}

/** Agency on the left, Quốc hiệu on the right, as on an official document; the logo above the agency. */
function drawHeads(doc: PDFKit.PDFDocument, words: CertificateWords, logo: Buffer | undefined): void {
	const left = EDGE + INNER;
	const column = (WIDTH - 2 * left) / 2 - 10;
	let y = EDGE + 24;
	if (logo) {
		doc.image(logo, left + (column - LOGO_SIZE) / 2, y, {
			fit: [LOGO_SIZE, LOGO_SIZE],
			align: 'center',
			valign: 'center'
		});
		y += LOGO_SIZE + 4;
	}
	if (words.governingBody) y = line(doc, words.governingBody, { x: left, y, width: column, size: 12 });
	y = line(doc, words.issuingBody, { x: left, y, width: column, size: 12, face: 'bold' });
	rule(doc, left + column / 2, y + 2, column * 0.2);
	if (!words.nation) return;
	const right = WIDTH - left - column;
	let top = EDGE + 24;
	top = line(doc, words.nation, { x: right, y: top, width: column, size: 12, face: 'bold' });
	top = line(doc, words.motto, { x: right, y: top, width: column, size: 13, face: 'bold' });
	rule(doc, right + column / 2, top + 2, column * 0.24);
}

function drawBody(doc: PDFKit.PDFDocument, words: CertificateWords, hasLogo: boolean): void {
	const left = EDGE + INNER + 30;
	const width = WIDTH - 2 * left;
	let y = hasLogo ? 168 : 140;
	y = line(doc, words.title, {
		x: left,
		y,
		width,
		size: fitting(doc, words.title, 38, width),
		face: 'bold',
		color: RED
	});
	y = line(doc, words.holderLabel, { x: left, y: y + 6, width, size: 15, face: 'italic' });
	y = line(doc, words.holder, {
		...{ x: left, y: y + 2, width, face: 'bold', color: BLUE },
		size: fitting(doc, words.holder, 27, width)
	});
	drawLines(doc, words, y + 12);
}

/** Labels and values in two columns, as large as fits above the foot; a long value wraps below itself. */
function drawLines(doc: PDFKit.PDFDocument, { lines }: CertificateWords, top: number): void {
	const size =
		LINE_SIZES.find((one) => top + heightOf(doc, lines, one) <= FOOT_TOP) ?? LINE_SIZES[LINE_SIZES.length - 1]!;
	const { labelWidth, valueWidth } = columnsOf(doc, lines, size);
	const left = (WIDTH - LINES_WIDTH) / 2;
	let y = top;
	for (const { label, value } of lines) {
		const below = line(doc, label, { x: left, y, width: labelWidth, size, align: 'left' });
		const place = { x: left + labelWidth + COLUMN_GAP, y, width: valueWidth, size } as const;
		y = Math.max(below, line(doc, value, { ...place, face: 'bold', align: 'left' })) + LINE_GAP;
	}
}

function columnsOf(doc: PDFKit.PDFDocument, lines: CertificateWords['lines'], size: number) {
	doc.font(fontOf('regular') as string).fontSize(size);
	const labelWidth = Math.min(LABEL_MAX, Math.max(...lines.map(({ label }) => doc.widthOfString(label)))) + 2;
	return { labelWidth, valueWidth: LINES_WIDTH - labelWidth - COLUMN_GAP };
}

function heightOf(doc: PDFKit.PDFDocument, lines: CertificateWords['lines'], size: number): number {
	const { valueWidth } = columnsOf(doc, lines, size);
	doc.font(fontOf('bold') as string).fontSize(size);
	return lines.reduce((sum, { value }) => sum + doc.heightOfString(value, { width: valueWidth }) + LINE_GAP, 0);
}

/** QR code, number and code on the left, signature on the right. */
function drawFoot(doc: PDFKit.PDFDocument, words: CertificateWords, checkUrl: string): void {
	const left = EDGE + INNER;
	const top = FOOT_TOP;
	const qr = drawQr(checkUrl);
	doc
		.save()
		.translate(left, top + 6)
		.scale(QR_SIZE / qr.size)
		.fillColor('#000000')
		.path(qr.path)
		.fill('non-zero')
		.restore();
	const beside = left + QR_SIZE + 8;
	line(doc, words.number, { x: beside, y: top + 22, width: 190, size: 13, align: 'left' });
	line(doc, words.code, { x: beside, y: top + 42, width: 190, size: 12, align: 'left' });
	line(doc, words.checkHint, { x: beside, y: top + 60, width: 190, size: 10, face: 'italic', align: 'left' });
	const column = 300;
	const x = WIDTH - left - column;
	let y = line(doc, words.placeAndDate, { x, y: top, width: column, size: 13, face: 'italic' });
	y = line(doc, words.signerTitle, { x, y: y + 1, width: column, size: 13, face: 'bold' });
	if (words.sealPlace) {
		doc
			.lineWidth(0.7)
			.dash(3, { space: 3 })
			.strokeColor('#888888')
			.circle(x + 76, y + 34, 33)
			.stroke()
			.undash();
		line(doc, words.sealPlace, { x: x + 43, y: y + 28, width: 66, size: 10, face: 'italic', color: '#777777' });
	}
	line(doc, words.signerName, { x, y: HEIGHT - EDGE - 44, width: column, size: 14, face: 'bold' });
}

type Place = {
	x: number;
	y: number;
	width: number;
	size: number;
	face?: 'regular' | 'bold' | 'italic';
	color?: string;
	align?: 'center' | 'left';
};

/** Writes a text that may wrap; returns where it ends. */
function line(doc: PDFKit.PDFDocument, text: string, place: Place): number {
	const { x, y, width, size, face = 'regular', color = INK, align = 'center' } = place;
	doc
		.fillColor(color)
		.font(fontOf(face) as string)
		.fontSize(size)
		.text(text, x, y, { width, align });
	return doc.y;
}

function rule(doc: PDFKit.PDFDocument, middle: number, y: number, half: number): void {
	doc
		.lineWidth(0.8)
		.strokeColor(INK)
		.moveTo(middle - half, y)
		.lineTo(middle + half, y)
		.stroke();
}

/** The largest size up to `size` at which a bold text stays in one line; not below half of it. */
function fitting(doc: PDFKit.PDFDocument, text: string, size: number, width: number): number {
	const needed = doc
		.font(fontOf('bold') as string)
		.fontSize(size)
		.widthOfString(text);
	return Math.max(size / 2, Math.min(size, (size * width) / needed));
}
