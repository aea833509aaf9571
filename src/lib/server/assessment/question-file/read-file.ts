import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readArchive } from '../../organisation/roster-file/archive.ts';
import { readSheet } from '../../organisation/roster-file/workbook.ts';
import { DomainError } from '../../platform/errors.ts';
import { readAiken } from './aiken.ts';
import { readGift } from './gift.ts';
import { readLecturerText } from './lecturer-text.ts';
import { unmarked, type Paragraph } from './marked-text.ts';
import { readMoodleXml, type KeepFile } from './moodle-xml.ts';
import { readOwnFile } from './own-format.ts';
import type { Reading } from './reading.ts';
import { readWord } from './word-paragraphs.ts';
import { showPictures } from './word-pictures.ts';
import { readQuestionSheet } from './workbook.ts';

/** Formats that questions come in. */
export type QuestionFormat = 'word' | 'excel' | 'text' | 'gift' | 'aiken' | 'moodle_xml' | 'json';

/** Largest file of questions, bytes; pictures within are counted. */
const QUESTION_FILE_MAX_BYTES = 20 * 1024 ** 2;

const WORKBOOK = 'xl/workbook.xml';
const DOCUMENT = 'word/document.xml';
const CARTRIDGE = 'imsmanifest.xml';

/**
 * The questions of a file, whatever it came as; what it is, is told by its content and never by its name.
 * @throws {DomainError} `invalid` with a sentence for what it is instead, or why it is refused
 */
export async function readQuestionFile(
	bytes: Uint8Array,
	keepFile: KeepFile
): Promise<Reading & { format: QuestionFormat }> {
	if (bytes.length === 0) throw new DomainError('invalid', 'organisation.file_empty');
	if (bytes.length > QUESTION_FILE_MAX_BYTES)
		throw new DomainError('invalid', 'form.file_too_large', { limit: '20 MB' });
	const head = Buffer.from(bytes.subarray(0, 4));
	if (head.toString('hex').startsWith('d0cf11e0')) throw new DomainError('invalid', 'training.list_old_office');
	if (head.toString('latin1', 0, 2) !== 'PK') return readQuestionText(decodeText(bytes), keepFile);
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'questions-'));
	try {
		const file = path.join(folder, 'file');
		await fs.writeFile(file, bytes);
		return await readPacked(file, keepFile);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

async function readPacked(file: string, keepFile: KeepFile): Promise<Reading & { format: QuestionFormat }> {
	const parts = await readArchive(file, [WORKBOOK, DOCUMENT, CARTRIDGE]).catch((error: unknown) => {
		const isOther = error instanceof DomainError && error.code === 'organisation.not_a_workbook';
		throw isOther ? new DomainError('invalid', 'assessment.file_type') : error;
	});
	const has = (name: string) => parts.some((part) => part.name === name);
	if (has(CARTRIDGE)) throw new DomainError('invalid', 'assessment.file_is_cartridge');
	if (has(WORKBOOK)) return { ...readQuestionSheet(await readSheet(file)), format: 'excel' };
	const { blocks, pictures } = await readWord(file, parts);
	return { ...(await showPictures(readLecturerText(blocks), pictures, { file, parts }, keepFile)), format: 'word' };
}

/** A text that was pasted or typed, or a text file of any of the formats. */
export async function readQuestionText(
	text: string,
	keepFile: KeepFile
): Promise<Reading & { format: QuestionFormat }> {
	const format = formatOf(text);
	switch (format) {
		case 'moodle_xml':
			return { ...(await readMoodleXml(text, keepFile)), format };
		case 'json':
			return { ...(await readOwnFile(text, keepFile)), format };
		case 'aiken':
			return { ...readAiken(text), format };
		case 'gift':
			return { ...readGift(text), format };
		default:
			return { ...readLecturerText(paragraphsOf(text)), format: 'text' };
	}
}

function formatOf(text: string): QuestionFormat {
	const start = text.trimStart().slice(0, 200);
	if (start.startsWith('<')) return 'moodle_xml';
	if (/^\{\s*"/.test(start)) return 'json';
	if (/^\s*ANSWER:\s*[A-Z]\s*$/m.test(text)) return 'aiken';
	const hasBraces = /(?<!\\)\{[\s\S]*?(?<!\\)\}/.test(text);
	return hasBraces || /^\s*(?:\$CATEGORY:|::)/m.test(text) ? 'gift' : 'text';
}

function paragraphsOf(text: string): Paragraph[] {
	return text
		.normalize('NFC')
		.replace(/\u00A0/g, ' ')
		.split(/\r?\n|\r/)
		.flatMap((line, i) => (line.trim() ? [{ line: i + 1, label: '', content: unmarked(line.trim()) }] : []));
}

/** UTF-8, UTF-16 with its mark, else Windows' Western letters: Moodle's older files are written so. */
function decodeText(bytes: Uint8Array): string {
	const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	const encoding = isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
	if (!isUtf16 && bytes.subarray(0, 4096).some((byte) => byte < 9))
		throw new DomainError('invalid', 'assessment.file_type');
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}
