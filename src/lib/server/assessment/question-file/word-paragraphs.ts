import { DomainError } from '../../platform/errors.ts';
import { partText, unpackPart, type ArchivePart } from '../../organisation/roster-file/archive.ts';
import { MARK, type Paragraph } from './marked-text.ts';
import { collectDrawings, DRAWING_TAGS, type WordPicture } from './word-drawings.ts';
import { decodeXml } from './xml-letters.ts';

/** Most of a document's text that is read, bytes unpacked. */
const DOCUMENT_MAX_BYTES = 48 * 1024 ** 2;

/** Tags that paragraphs, their formatting and their numbers are made of (ECMA-376 part 1, 17.3 to 17.9). */
const TEXT_TAGS = 'tbl|tr|tc|p|pPr|r|rPr|t|tab|br|cr|b|bCs|u|color|highlight|shd|numId|ilvl|pStyle|rStyle|del|moveFrom';
const TOKENS = new RegExp(`<(/?)(?:w:(${TEXT_TAGS})|(${DRAWING_TAGS}))\\b([^>]*?)(/?)>|([^<]+)`, 'g');
/** Text boxes within text boxes that are still told apart. */
const MOST_DEPTH = 20;

/**
 * What a Word document holds, in reading order: paragraphs, and tables as the texts of their cells beside them. Pictures
 * stand in the texts as signs (picture-sign.ts).
 */
export type WordContent = Readonly<{ blocks: readonly (Paragraph | Table)[]; pictures: readonly WordPicture[] }>;
export type Table = Readonly<{ rows: readonly (readonly Paragraph[])[] }>;
export const isTable = (block: Paragraph | Table): block is Table => 'rows' in block;

type Style = { bits: number; numId?: string; level?: number };

/**
 * Reads the main part of a .docx file with the marks and numbers of its paragraphs. Nothing of it is resolved or run.
 * @throws {DomainError} `invalid` `organisation.file_unpacks_too_large`, `organisation.file_damaged`
 */
export async function readWord(path: string, parts: readonly ArchivePart[]): Promise<WordContent> {
	const named = (name: string) => parts.find((one) => one.name === name);
	const numbering = readNumbering(await partText(path, named('word/numbering.xml')));
	const styles = readStyles(await partText(path, named('word/styles.xml')));
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of unpackPart(path, named('word/document.xml')!)) {
		size += chunk.length;
		if (size > DOCUMENT_MAX_BYTES) throw new DomainError('invalid', 'organisation.file_unpacks_too_large');
		chunks.push(chunk);
	}
	return readMarkup(Buffer.concat(chunks).toString('utf8'), numbering, styles);
}

type OpenParagraph = { text: string; marks: number[]; numId?: string; level: number; bits: number };
type OpenTable = { rows: Paragraph[][]; row: Paragraph[] };

function readMarkup(xml: string, numbering: Numbering, styles: ReadonlyMap<string, Style>): WordContent {
	const blocks: (Paragraph | Table)[] = [];
	const tables: OpenTable[] = [];
	const drawings = collectDrawings();
	const outer: OpenParagraph[] = [];
	let open: OpenParagraph | undefined;
	let [inParagraphProperties, inRun, isText] = [false, false, false];
	let bits = 0;
	let line = 0;
	let removed = 0;
	const write = (text: string) => {
		if (!open) return;
		open.text += text;
		for (let i = 0; i < text.length; i++) open.marks.push(bits | open.bits);
	};
	const close = () => {
		if (!open) return;
		line++;
		const label = open.numId ? numbering.next(open.numId, open.level) : '';
		const paragraph = { line, label, content: { text: open.text.normalize('NFC'), marks: open.marks } };
		open = outer.pop();
		if (paragraph.content.text.trim() === '') return;
		if (tables.length > 0) tables.at(-1)!.row.push(paragraph);
		else blocks.push(paragraph);
	};
	for (const [, slash, tag, name = '', attributes = '', empty, words] of xml.matchAll(TOKENS)) {
		if (words !== undefined) {
			if (isText && removed === 0) write(decodeXml(words));
			continue;
		}
		const isEnd = slash === '/';
		const isStart = !isEnd && !empty;
		const drawingTag = { name, attributes, isStart, isEnd };
		if (drawings.isSkipped(drawingTag)) continue;
		if (name !== '') {
			if (removed === 0) write(drawings.read(drawingTag, line + 1));
			continue;
		}
		const value = /w:val="([^"]*)"/.exec(attributes)?.[1];
		if (tag === 'p') {
			if (isEnd) close();
			else if (isStart) {
				if (open && outer.length < MOST_DEPTH) outer.push(open);
				open = { text: '', marks: [], level: 0, bits: 0 };
				drawings.readWords();
			}
		} else if (tag === 'del' || tag === 'moveFrom') removed = Math.max(0, removed + Number(isStart) - Number(isEnd));
		else if (removed > 0 && tag !== 'tbl' && tag !== 'tr') continue;
		else if (tag === 'pPr') inParagraphProperties = !isEnd && !empty;
		else if (tag === 'r') {
			inRun = !isEnd;
			bits = 0;
		} else if (tag === 't') isText = !isEnd && !empty;
		else if (tag === 'tab' && inRun && !inParagraphProperties) write('\t');
		else if ((tag === 'br' || tag === 'cr') && inRun) write('\n');
		else if (tag === 'numId' && open && inParagraphProperties && value) open.numId = value;
		else if (tag === 'ilvl' && open && inParagraphProperties) open.level = Number(value) || 0;
		else if (tag === 'pStyle' && open && value) {
			const style = styles.get(value);
			if (style?.numId) Object.assign(open, { numId: style.numId, level: style.level ?? 0 });
			open.bits = style?.bits ?? 0;
		} else if (tag === 'tbl') {
			if (!isEnd) tables.push({ rows: [], row: [] });
			else {
				const rows = tables.pop()?.rows ?? [];
				if (tables.length === 0) blocks.push({ rows });
				else tables.at(-1)!.row.push(...rows.flat());
			}
		} else if (tag === 'tr' && isEnd && tables.length > 0) {
			tables.at(-1)!.rows.push(tables.at(-1)!.row);
			tables.at(-1)!.row = [];
		} else if (inRun && !inParagraphProperties && !isEnd) bits |= bitsOf(tag ?? '', attributes, value, styles);
	}
	return { blocks, pictures: drawings.pictures };
}

function bitsOf(
	tag: string,
	attributes: string,
	value: string | undefined,
	styles: ReadonlyMap<string, Style>
): number {
	if (tag === 'rStyle') return styles.get(value ?? '')?.bits ?? 0;
	if (tag === 'b') return value === '0' || value === 'false' ? 0 : MARK.bold;
	if (tag === 'u') return value === 'none' ? 0 : MARK.underline;
	if (tag === 'color') return value && isRed(value) ? MARK.red : 0;
	if (tag === 'highlight') return value === 'none' || value === 'white' ? 0 : MARK.highlight;
	if (tag !== 'shd') return 0;
	const fill = /w:fill="([0-9A-Fa-f]{6})"/.exec(attributes)?.[1];
	return fill && !/^F[0-9A-F]F[0-9A-F]F[0-9A-F]$/i.test(fill) ? MARK.highlight : 0;
}

/** Red enough that a reader says "chữ đỏ": FF0000, C00000, EE1C25. */
function isRed(hex: string): boolean {
	if (!/^[0-9a-f]{6}$/i.test(hex)) return false;
	const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
	return red >= 0x90 && green < red / 2 && blue < red / 2;
}

function readStyles(xml: string): Map<string, Style> {
	const styles = new Map<string, Style>();
	for (const [, attributes = '', inner = ''] of xml.matchAll(/<w:style\b([^>]*)>([\s\S]*?)<\/w:style>/g)) {
		const id = /w:styleId="([^"]*)"/.exec(attributes)?.[1];
		if (!id) continue;
		let bits = 0;
		const run = /<w:rPr>([\s\S]*?)<\/w:rPr>/.exec(inner)?.[1] ?? '';
		for (const [, tag = '', own = ''] of run.matchAll(/<w:(b|u|color|highlight|shd)\b([^>]*?)\/?>/g))
			bits |= bitsOf(tag, own, /w:val="([^"]*)"/.exec(own)?.[1], new Map());
		const numId = /<w:numId w:val="(\d+)"/.exec(inner)?.[1];
		const level = Number(/<w:ilvl w:val="(\d)"/.exec(inner)?.[1] ?? 0);
		styles.set(id, { bits, ...(numId && { numId, level }) });
	}
	return styles;
}

type Numbering = { next(numId: string, level: number): string };
type Level = { format: string; text: string; start: number };

/** Counts as Word does: a level goes on within its list and begins again below a higher one (17.9). */
function readNumbering(xml: string): Numbering {
	const abstract = new Map<string, Level[]>();
	for (const [, id = '', inner = ''] of xml.matchAll(
		/<w:abstractNum\b[^>]*w:abstractNumId="(\d+)"[^>]*>([\s\S]*?)<\/w:abstractNum>/g
	)) {
		const levels = [...inner.matchAll(/<w:lvl\b[^>]*w:ilvl="(\d)"[^>]*>([\s\S]*?)<\/w:lvl>/g)];
		const list: Level[] = [];
		for (const [, at = '0', own = ''] of levels)
			list[Number(at)] = {
				format: /<w:numFmt w:val="(\w+)"/.exec(own)?.[1] ?? 'decimal',
				text: decodeXml(/<w:lvlText w:val="([^"]*)"/.exec(own)?.[1] ?? ''),
				start: Number(/<w:start w:val="(\d+)"/.exec(own)?.[1] ?? 1)
			};
		abstract.set(id, list);
	}
	const lists = new Map<string, { abstractId: string; starts: Map<number, number> }>();
	for (const [, id = '', inner = ''] of xml.matchAll(/<w:num\b[^>]*w:numId="(\d+)"[^>]*>([\s\S]*?)<\/w:num>/g)) {
		const starts = [...inner.matchAll(/w:ilvl="(\d)"[^>]*>\s*<w:startOverride w:val="(\d+)"/g)];
		const abstractId = /<w:abstractNumId w:val="(\d+)"/.exec(inner)?.[1] ?? '';
		lists.set(id, { abstractId, starts: new Map(starts.map(([, at, start]) => [Number(at), Number(start)])) });
	}
	const counts = new Map<string, number[]>();
	return {
		next(numId, level) {
			const list = lists.get(numId);
			const levels = abstract.get(list?.abstractId ?? '');
			const own = levels?.[level];
			if (!list || !levels || !own) return '';
			if (own.format === 'bullet') return '•';
			const key = list.starts.size > 0 ? numId : `a${list.abstractId}`;
			const count = counts.get(key) ?? [];
			counts.set(key, count);
			count[level] = (count[level] ?? (list.starts.get(level) ?? own.start) - 1) + 1;
			count.length = level + 1;
			return own.text
				.replace(/%(\d)/g, (_, at: string) => inFormat(count[Number(at) - 1] ?? 1, levels[Number(at) - 1]?.format))
				.trim();
		}
	};
}

function inFormat(n: number, format = 'decimal'): string {
	if (format === 'upperLetter' || format === 'lowerLetter') {
		const letter = String.fromCharCode(65 + ((n - 1) % 26));
		return format === 'upperLetter' ? letter : letter.toLowerCase();
	}
	if (!/Roman$/.test(format)) return String(n);
	const roman = ROMAN.reduce(
		([said, rest], [value, sign]) => {
			const times = Math.floor(rest / value);
			return [said + sign.repeat(times), rest - times * value] as [string, number];
		},
		['', n] as [string, number]
	)[0];
	return format === 'upperRoman' ? roman : roman.toLowerCase();
}

const ROMAN: readonly (readonly [number, string])[] = [
	[100, 'C'],
	[90, 'XC'],
	[50, 'L'],
	[40, 'XL'],
	[10, 'X'],
	[9, 'IX'],
	[5, 'V'],
	[4, 'IV'],
	[1, 'I']
];
