import ExcelJS from 'exceljs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sheetAnswer } from './sheet-answer.ts';
import { csvFile, xlsxFile, xlsxStream, type Sheet } from './sheet-files.ts';

const ROWS = 3000;
const sheet: Sheet = {
	title: 'Danh sách: đối tượng/2026',
	headings: ['TT', 'Họ và tên'],
	rows: Array.from({ length: ROWS }, (_, i) => [i + 1, i === 0 ? '=1+1' : `Nguyễn Thị Hương ${i}`]),
	notes: ['Tính đến ngày 20/11/2026']
};

test('a workbook holds every row in order, texts as texts, and its conventions', async () => {
	const workbook = new ExcelJS.Workbook();
	await workbook.xlsx.load((await xlsxFile(sheet)) as unknown as ArrayBuffer);
	const [data, conventions] = workbook.worksheets;
	expect(data!.name).toBe('Danh sách  đối tượng 2026');
	expect([data!.rowCount, data!.getCell('A3001').value]).toEqual([ROWS + 1, ROWS]);
	expect(data!.getCell('B2').type).toBe(ExcelJS.ValueType.String);
	expect(conventions!.getCell('A2').value).toBe('Tính đến ngày 20/11/2026');
});

test('an answer is the same file in parts, with what Excel needs to read Vietnamese', async () => {
	const bytes = new Uint8Array(await sheetAnswer(sheet, 'danh-sach', 'csv').arrayBuffer());
	expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
	expect(text).toBe(csvFile(sheet));
	expect(text.split('\r\n')).toHaveLength(ROWS + 2);
	expect(text).toContain(`1;"'=1+1"\r\n2;"Nguyễn Thị Hương 1"\r\n`);
	const answer = sheetAnswer(sheet, 'danh-sach', 'xlsx');
	expect(answer.headers.get('content-disposition')).toBe('attachment; filename="danh-sach.xlsx"');
	expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(10_000);
});

test('a reader who goes away ends the writing', async () => {
	let taken = 0;
	const all = Array.from({ length: 40_000 }, (_, i) => [i, `Trần Văn Minh ${i}`]);
	const rows = new Proxy(all, { get: (of, key) => (/^\d+$/.test(String(key)) && taken++, Reflect.get(of, key)) });
	const stream = xlsxStream({ ...sheet, rows });
	await new Promise((resolve) => stream.once('data', resolve));
	stream.destroy();
	await setTimeout(50);
	const whenGone = taken;
	await setTimeout(100);
	expect(taken).toBe(whenGone);
	expect(taken).toBeLessThan(all.length);
});
