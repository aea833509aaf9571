import { tidy } from '#lib/text/fold.ts';
import { DomainError } from '../../platform/errors.ts';
import { unpackPart, type ArchivePart } from '../../organisation/roster-file/archive.ts';

/** Most of a document's text that is read, bytes unpacked. */
const DOCUMENT_MAX_BYTES = 48 * 1024 ** 2;

/** What a Word document holds: its tables (cells of merged ones repeated) and, beside them, its paragraphs. */
export type DocumentText = Readonly<{ tables: readonly string[][][]; paragraphs: readonly string[] }>;

type Table = {
	rows: string[][];
	row: string[];
	cell: { text: string; span: number; isContinued: boolean } | undefined;
};

/** Tags of WordprocessingML that tables and their text are made of (ECMA-376 part 1, 17.3 and 17.4). */
const TOKENS = /<(\/?)w:(tbl|tr|tc|p|t|tab|br|gridSpan|vMerge)\b([^>]*?)(\/?)>|([^<]+)/g;

/**
 * Reads the main part of a .docx file. Nothing of it is resolved or run: text within `w:t` only, no fields, no links.
 * @throws {DomainError} `invalid` `organisation.file_unpacks_too_large`, `organisation.file_damaged`
 */
export async function readDocument(path: string, part: ArchivePart): Promise<DocumentText> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of unpackPart(path, part)) {
		size += chunk.length;
		if (size > DOCUMENT_MAX_BYTES) throw new DomainError('invalid', 'organisation.file_unpacks_too_large');
		chunks.push(chunk);
	}
	return readMarkup(Buffer.concat(chunks).toString('utf8'));
}

function readMarkup(xml: string): DocumentText {
	const tables: string[][][] = [];
	const paragraphs: string[] = [];
	const open: Table[] = [];
	let paragraph = '';
	let isText = false;
	const add = (text: string) => {
		const cell = open.at(-1)?.cell;
		if (cell) cell.text += text;
		else if (open.length === 0) paragraph += text;
	};
	for (const [, slash, tag, attributes = '', isEmpty, text] of xml.matchAll(TOKENS)) {
		if (text !== undefined) {
			if (isText) add(decode(text));
			continue;
		}
		const isEnd = slash === '/';
		const table = open.at(-1);
		if (tag === 't') isText = !isEnd && isEmpty !== '/';
		else if (tag === 'tab' || tag === 'br') add(' ');
		else if (tag === 'p' && (isEnd || isEmpty === '/')) {
			add(' ');
			if (open.length === 0 && tidy(paragraph)) paragraphs.push(tidy(paragraph));
			if (open.length === 0) paragraph = '';
		} else if (tag === 'tbl') {
			if (!isEnd) open.push({ rows: [], row: [], cell: undefined });
			else if (table) tables.push(open.pop()?.rows ?? []);
		} else if (table) readTableTag(table, tag ?? '', attributes, isEnd);
	}
	return { tables, paragraphs };
}

function readTableTag(table: Table, tag: string, attributes: string, isEnd: boolean): void {
	const value = /w:val="([^"]*)"/.exec(attributes)?.[1];
	if (tag === 'tr') {
		if (isEnd) table.rows.push(table.row);
		table.row = [];
	} else if (tag === 'tc') {
		if (!isEnd) table.cell = { text: '', span: 1, isContinued: false };
		else if (table.cell) {
			const { text, span, isContinued } = table.cell;
			for (let i = 0; i < span && table.row.length < 200; i++) {
				const above = table.rows.at(-1)?.[table.row.length];
				table.row.push(isContinued ? (above ?? '') : tidy(text));
			}
			table.cell = undefined;
		}
	} else if (tag === 'gridSpan' && table.cell) table.cell.span = Math.min(60, Math.max(1, Number(value) || 1));
	else if (tag === 'vMerge' && table.cell) table.cell.isContinued = value !== 'restart';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name: string) => {
		if (name) return ENTITIES[name] ?? whole;
		const code = hex ? Number.parseInt(String(hex), 16) : Number(decimal);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
	});
}
