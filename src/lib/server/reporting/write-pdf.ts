import { tableLead, tableTitle, type ReportDocument } from '#lib/reporting/report-document.ts';
import type { ReportContent } from '#lib/reporting/report-content.ts';
import type { ReportTable } from '#lib/reporting/report-table.ts';
import {
	addPage,
	finish,
	keep,
	MARGINS,
	newDocument,
	rule,
	textWidth,
	write,
	type Doc
} from '../platform/office/pdf-page.ts';
import { drawTable } from './pdf-table.ts';

const INDENT = 28.35; // 1 cm

/**
 * The same report as a PDF, drawn here and not converted: it needs no LibreOffice on the server, and a report that was
 * frozen gives the same bytes years later.
 */
export function writePdf(report: ReportDocument): Promise<Buffer> {
	const { content, isWhole, title } = report;
	const doc = newDocument({
		title: `${title.kind} ${title.subject}`,
		author: content.heading.agency,
		day: content.heading.cutOff
	});
	addPage(doc, 'portrait');
	if (isWhole) {
		drawLetterhead(doc, content);
		write(doc, title.kind, { size: 14, face: 'bold', align: 'center' });
		write(doc, title.subject, { size: 14, face: 'bold', align: 'center' });
		rule(doc, MARGINS.left, textWidth(doc), 110);
		doc.y += 10;
	}
	for (const block of report.body) {
		if (block.kind === 'table') drawForm(doc, block.table);
		else if (block.kind === 'heading') {
			keep(doc, 60); // never the last line of a page
			write(doc, block.text, { size: 14, face: 'bold', indent: INDENT, after: 6 });
		} else write(doc, block.text, { size: 14, align: 'justify', indent: INDENT, after: 6 });
	}
	if (isWhole) drawSignature(doc, content);
	report.appendix.forEach((table, i) => {
		if (i === 0) addPage(doc, 'landscape');
		if (i === 0 && isWhole) write(doc, 'Phụ lục', { size: 14, face: 'bold', align: 'center', after: 4 });
		drawForm(doc, table, tableLead(content));
		if (isWhole) drawFormSigners(doc);
	});
	drawRules(doc, content);
	return finish(doc);
}

function drawLetterhead(doc: Doc, { heading }: ReportContent): void {
	const top = doc.y;
	const left = { x: MARGINS.left, width: textWidth(doc) * 0.42, align: 'center' } as const;
	if (heading.superior) write(doc, heading.superior.toUpperCase(), { ...left, size: 12 });
	write(doc, heading.agency.toUpperCase(), { ...left, size: 12, face: 'bold' });
	rule(doc, left.x, left.width, 70);
	write(doc, 'Số:          /BC-', { ...left, size: 13 });
	const below = doc.y;
	doc.y = top;
	const right = { x: left.x + left.width, width: textWidth(doc) - left.width, align: 'center' } as const;
	write(doc, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { ...right, size: 12, face: 'bold' });
	write(doc, 'Độc lập - Tự do - Hạnh phúc', { ...right, size: 13, face: 'bold' });
	rule(doc, right.x, right.width, 160);
	write(doc, `${heading.place || '…………'}, ngày ….. tháng ….. năm 20…..`, { ...right, size: 13, face: 'italic' });
	doc.y = Math.max(below, doc.y) + 16;
}

function drawSignature(doc: Doc, { heading }: ReportContent): void {
	const { title, name, receivers } = heading.signature;
	keep(doc, 130);
	doc.y += 12;
	const top = doc.y;
	const half = textWidth(doc) / 2;
	write(doc, 'Nơi nhận:', { size: 12, face: 'italic', width: half });
	const lines = receivers.length > 0 ? receivers : ['………………'];
	for (const line of [...lines.map((one) => `- ${one};`), '- Lưu: VT.']) write(doc, line, { size: 11, width: half });
	const below = doc.y;
	doc.y = top;
	const right = { x: MARGINS.left + half, width: half, align: 'center' } as const;
	write(doc, title.toUpperCase() || 'THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ', { ...right, size: 13, face: 'bold' });
	if (name) {
		doc.y += 60;
		write(doc, name, { ...right, size: 14, face: 'bold' });
	} else write(doc, '(Ký, ghi rõ họ tên và đóng dấu)', { ...right, size: 12, face: 'italic', after: 60 });
	doc.y = Math.max(below, doc.y);
}

function drawForm(doc: Doc, table: ReportTable, lead?: string): void {
	keep(doc, 120);
	doc.y += 8;
	write(doc, tableTitle(table), { size: 13, face: 'bold', align: 'center', after: 2 });
	if (lead) write(doc, lead, { size: 11, face: 'italic', align: 'center', after: 3 });
	drawTable(doc, table);
	for (const line of table.footnotes) write(doc, line, { size: 10.5, face: 'italic', after: 2 });
	doc.y += 6;
}

function drawFormSigners(doc: Doc): void {
	keep(doc, 90);
	const top = doc.y;
	const half = textWidth(doc) / 2;
	for (const [i, [who, hint]] of [
		['Người lập biểu', '(Ký, ghi rõ họ tên)'],
		['Thủ trưởng đơn vị', '(Ký, ghi rõ họ tên và đóng dấu)']
	].entries()) {
		const place = { x: MARGINS.left + i * half, width: half, align: 'center' } as const;
		doc.y = top;
		write(doc, who ?? '', { ...place, size: 12, face: 'bold' });
		write(doc, hint ?? '', { ...place, size: 11, face: 'italic' });
	}
	doc.y += 56;
}

function drawRules(doc: Doc, { rule: lines }: ReportContent): void {
	keep(doc, 60);
	write(doc, 'Quy tắc tính:', { size: 11, face: 'italic', after: 2 });
	lines.forEach((line, i) => write(doc, `(${i + 1}) ${line}`, { size: 10.5, face: 'italic', after: 2 }));
}
