import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorText } from '#lib/i18n/errors.ts';
import { parseCues } from '#lib/lectures/cues.ts';
import { readQuestionFile } from '#lib/server/assessment/question-file/read-file.ts';
import { verifySignedPdf } from '#lib/server/certificates/signature.ts';
import { readActivityLines } from '#lib/training/activity-lines.ts';
import { readUnitLines } from '#lib/organisation/unit-lines.ts';
import { readTableFile } from '#lib/server/organisation/table-file.ts';
import { readSheet } from '#lib/server/organisation/roster-file/workbook.ts';
import { isDomainError } from '#lib/server/platform/errors.ts';
import { checkTemplate } from '#lib/server/reporting/fill-template.ts';
import { openArchive } from '#lib/server/scorm/package/archive.ts';
import { readPackage } from '#lib/server/scorm/package/read-package.ts';
import { readListFile, readTable } from '#lib/server/training/list-file/read-list.ts';

const CONTENT_TYPES =
	'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
const packed = (parts: Record<string, string>) =>
	zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
const word = (document: string) => packed({ '[Content_Types].xml': CONTENT_TYPES, 'word/document.xml': document });
const excel = (sheet: string) =>
	packed({
		'[Content_Types].xml': CONTENT_TYPES,
		'xl/_rels/workbook.xml.rels':
			'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
		'xl/workbook.xml':
			'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
		'xl/worksheets/sheet1.xml': sheet
	});
const DOCTYPE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
const BILLION = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
	.split('')
	.map((name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i]};`.repeat(10)}">`)
	.join('')}]>`;
const nested = (depth: number) => '<w:p>'.repeat(depth) + '</w:p>'.repeat(depth);

/** Files that people send by mistake, and files that somebody made to do harm. */
const BAD: Record<string, () => Promise<Uint8Array> | Uint8Array> = {
	'an empty file': () => new Uint8Array(),
	'one zero byte': () => new Uint8Array([0]),
	'bytes of no kind': () => Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 31) % 256),
	'a picture': () =>
		Buffer.from(
			'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
			'base64'
		),
	'a PDF': () => strToU8('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF'),
	'a PDF whose signature is none': () =>
		strToU8(`%PDF-1.7\n${'/ByteRange [0 30 9 99999999] <zz> /ByteRange [0 8 20 4]'.repeat(3)}`),
	'a web page': () => strToU8('<!doctype html><html><body><table><tr><td>Họ và tên</td></tr></table></body></html>'),
	'a program': () => strToU8('#!/bin/sh\nrm -rf /\n'),
	'an old Office file': () => Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'),
	'half an Excel file': async () => (await goodWorkbook()).subarray(0, 900),
	'an Excel file without its middle': async () => {
		const bytes = await goodWorkbook();
		return Buffer.concat([bytes.subarray(0, 400), bytes.subarray(900)]);
	},
	'an Excel file with flipped bytes': async () =>
		(await goodWorkbook()).map((byte, i) => (i % 97 === 50 ? byte ^ 255 : byte)),
	'an archive of nothing': () => zipSync({}),
	'an archive of other things': () => packed({ 'readme.txt': 'đây không phải danh sách' }),
	'an archive that climbs out': () => packed({ '../../etc/passwd': 'x', 'imsmanifest.xml': '<manifest/>' }),
	'an Excel file whose sheet is no XML': () => excel('không phải XML'),
	'an Excel file whose sheet is empty': () => excel(''),
	'an Excel file with a foreign entity': () =>
		excel(`<?xml version="1.0"?>${DOCTYPE}<worksheet><sheetData/></worksheet>`),
	'an Excel file that repeats itself': () =>
		excel(
			`<?xml version="1.0"?>${BILLION}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>`
		),
	'a Word file that is no XML': () => word('không phải XML <w:tbl'),
	'a Word file with a foreign entity': () =>
		word(
			`<?xml version="1.0"?>${DOCTYPE}<w:document><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`
		),
	'a Word file that repeats itself': () =>
		word(
			`<?xml version="1.0"?>${BILLION}<w:document><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>`
		),
	'a Word file ten thousand deep': () => word(`<w:document><w:body>${nested(10_000)}</w:body></w:document>`),
	'a file that unpacks to 300 MB': () =>
		zipSync(
			{
				'[Content_Types].xml': strToU8(CONTENT_TYPES),
				'word/document.xml': new Uint8Array(300 * 1024 ** 2),
				'xl/workbook.xml': strToU8('<workbook/>')
			},
			{ level: 9 }
		),
	'a manifest with a foreign entity': () =>
		packed({ 'imsmanifest.xml': `<?xml version="1.0"?>${DOCTYPE}<manifest>&x;</manifest>` }),
	'text in an old code page': () => Buffer.from('H\xe4 v\xb5 t\xean;N\xa8m sinh\nNguy\xd4n V\xa8n An;1980', 'latin1'),
	'text in UTF-16': () =>
		Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Họ và tên;Năm sinh\nNguyễn Văn An;1980', 'utf16le')]),
	'one line of two million letters': () => strToU8('a'.repeat(2_000_000)),
	'ten thousand columns': () => strToU8(`Họ và tên;${';x'.repeat(10_000)}\n`.repeat(3)),
	'nothing but separators': () => strToU8(';;;;\n;;;;\n'),
	'formulas for somebody else’s machine': () => strToU8("Họ và tên;Năm sinh\n=cmd|' /C calc'!A0;1980\n@SUM(1);+1\n")
};

const MOST_MEMORY_BYTES = 700e6;

let folder: string;
const files = new Map<string, Uint8Array>();
beforeAll(async () => {
	folder = await fs.mkdtemp(path.join(os.tmpdir(), 'bad-files-'));
	for (const [name, make] of Object.entries(BAD)) files.set(name, await make());
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

async function onDisk<T>(bytes: Uint8Array, read: (file: string) => Promise<T>): Promise<T> {
	const file = path.join(folder, 'file');
	await fs.writeFile(file, bytes);
	return read(file);
}

/** Everything of the product that reads a file somebody sent; each may read it or say in a sentence why not. */
const TERMS = { unitOf: () => 'unit', ownUnitId: 'unit', topicOf: () => undefined, today: '2026-11-20' };

const READERS: Record<string, (bytes: Uint8Array) => unknown> = {
	'the roster': (bytes) => onDisk(bytes, (file) => readSheet(file)),
	'a table of units or activities': async (bytes) => {
		const table = await readTableFile(bytes);
		return [readUnitLines(table, new Set()), readActivityLines(table, TERMS)];
	},
	'the list of a class': (bytes) => readListFile(bytes),
	'the report of a meeting': (bytes) => readTable(bytes),
	questions: (bytes) => readQuestionFile(bytes, async () => '00000000-0000-4000-8000-000000000000'),
	'the template of a report': (bytes) => checkTemplate(bytes),
	'a signed certificate': (bytes) =>
		verifySignedPdf({ signatureCaFile: undefined }, Buffer.from(bytes.subarray(0, 8)), Buffer.from(bytes)),
	captions: (bytes) => parseCues(Buffer.from(bytes).toString('utf8')),
	'a SCORM package': (bytes) =>
		onDisk(bytes, async (file) => {
			const archive = await openArchive(file);
			try {
				return await readPackage(archive);
			} finally {
				await archive.close();
			}
		})
};

test.each(Object.entries(READERS))('%s: a bad file is read or refused in a sentence', async (_, read) => {
	const faults: string[] = [];
	for (const [name, bytes] of files) {
		const before = process.memoryUsage().rss;
		const fault = await faultOf(() => read(bytes));
		if (fault) faults.push(`${name}: ${fault}`);
		if (process.memoryUsage().rss - before > MOST_MEMORY_BYTES) faults.push(`${name}: takes too much memory`);
	}
	expect(faults).toEqual([]);
});

/** What is wrong with the way a file was refused, if it was. */
async function faultOf(read: () => unknown): Promise<string | undefined> {
	try {
		await read();
		return undefined;
	} catch (error) {
		if (!isDomainError(error)) return String(error);
		const sentence = errorText('vi', error.code, error.params);
		const isSentence = sentence !== errorText('vi', 'page.internal') && !/\{\w+\}|undefined/.test(sentence);
		return error.kind === 'invalid' && isSentence ? undefined : `${error.kind} ${error.code}: ${sentence}`;
	}
}

async function goodWorkbook(): Promise<Buffer> {
	const workbook = new ExcelJS.Workbook();
	const sheet = workbook.addWorksheet('Danh sách');
	sheet.addRow(['Họ và tên', 'Năm sinh']);
	for (let i = 0; i < 20; i++) sheet.addRow([`Nguyễn Văn ${i}`, 1970 + i]);
	return Buffer.from(await workbook.xlsx.writeBuffer());
}
