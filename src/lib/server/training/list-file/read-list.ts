import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fieldOfHeading } from '#lib/organisation/roster-fields.ts';
import { tidy } from '#lib/text/fold.ts';
import { LIST_MAX_BYTES } from '#lib/training/list-import.ts';
import { readArchive } from '../../organisation/roster-file/archive.ts';
import { readSheet, type Sheet, type SheetRow } from '../../organisation/roster-file/workbook.ts';
import { DomainError } from '../../platform/errors.ts';
import { parseDelimited } from './csv.ts';
import { readDocument } from './docx-table.ts';
import { PLAIN_HEADINGS, readPlainLines } from './plain-lines.ts';

const WORKBOOK = 'xl/workbook.xml';
const DOCUMENT = 'word/document.xml';

/**
 * The table of a list, whatever it came as: Excel, a table in Word, CSV or plain text. What it is, is told by its content,
 * never by its name.
 * @throws {DomainError} `invalid` with a sentence for what it is instead, or why it is refused
 */
export async function readListFile(bytes: Uint8Array): Promise<Sheet> {
	const head = Buffer.from(checkedSize(bytes).subarray(0, 4));
	if (head.toString('hex').startsWith('d0cf11e0')) throw new DomainError('invalid', 'training.list_old_office');
	if (head.toString('latin1', 0, 2) !== 'PK') return readListText(decodeText(bytes));
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'list-'));
	try {
		const file = path.join(folder, 'list');
		await fs.writeFile(file, bytes);
		return await readOffice(file);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

/** A text that was pasted or typed; with headings, or one person a line. */
export function readListText(text: string): Sheet {
	const table = parseDelimited(text).map(asRow);
	const rows = table.filter(({ cells }) => cells.some((cell) => cell !== undefined));
	if (rows.slice(0, 30).some(isHeadings)) return { rows, is1904: false };
	return withPlainHeadings(readPlainLines(text.split(/\r?\n|\r/)));
}

/** The cells of a file that is a table of its own kind (a report of a meeting), whatever its headings. */
export async function readTable(bytes: Uint8Array): Promise<string[][]> {
	if (Buffer.from(bytes.subarray(0, 2)).toString('latin1') !== 'PK')
		return parseDelimited(decodeText(checkedSize(bytes)));
	const { rows } = await readListFile(bytes);
	return rows.map(({ cells }) => Array.from(cells, (cell) => String(cell ?? '')));
}

function checkedSize(bytes: Uint8Array): Uint8Array {
	if (bytes.length > LIST_MAX_BYTES) throw new DomainError('invalid', 'form.file_too_large', { limit: '8 MB' });
	return bytes;
}

async function readOffice(file: string): Promise<Sheet> {
	const parts = await readArchive(file, [WORKBOOK, DOCUMENT]).catch((error: unknown) => {
		const isOther = error instanceof DomainError && error.code === 'organisation.not_a_workbook';
		throw isOther ? new DomainError('invalid', 'training.list_file_type') : error;
	});
	const document = parts.find(({ name }) => name === DOCUMENT);
	if (!document) return readSheet(file);
	const { tables, paragraphs } = await readDocument(file, document);
	const bySize = tables.toSorted((a, b) => b.length - a.length).map((table) => table.map(asRow));
	const rows = bySize.find((table) => table.slice(0, 30).some(isHeadings)) ?? bySize.find(({ length }) => length > 2);
	return rows ? { rows, is1904: false } : withPlainHeadings(readPlainLines(paragraphs));
}

function withPlainHeadings(lines: readonly SheetRow[]): Sheet {
	if (lines.length === 0) throw new DomainError('invalid', 'training.list_no_names');
	return { rows: [{ row: 0, cells: PLAIN_HEADINGS }, ...lines], is1904: false };
}

function asRow(cells: readonly string[], index: number): SheetRow {
	return { row: index + 1, cells: cells.map((cell) => tidy(cell) || undefined) };
}

function isHeadings({ cells }: SheetRow): boolean {
	return new Set(cells.filter((cell) => typeof cell === 'string' && fieldOfHeading(cell))).size >= 2;
}

/** UTF-8, or UTF-16 with its mark as Excel's "Unicode text"; anything else has lost its Vietnamese letters already. */
function decodeText(bytes: Uint8Array): string {
	const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	const encoding = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
	let text: string;
	try {
		text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		throw new DomainError('invalid', isBinary(bytes) ? 'training.list_file_type' : 'training.list_not_unicode');
	}
	if (text.includes('\0')) throw new DomainError('invalid', 'training.list_file_type');
	return text;
}

function isBinary(bytes: Uint8Array): boolean {
	return bytes.subarray(0, 4096).some((byte) => byte < 9);
}
