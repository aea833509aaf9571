import path from 'node:path';
import sharp from 'sharp';
import type { FoundQuestion, Unread, UnreadCode } from '#lib/assessment/found-question.ts';
import { partText, unpackPart, type ArchivePart } from '../../organisation/roster-file/archive.ts';
import { isDomainError } from '../../platform/errors.ts';
import { recogniseFile } from '../../platform/files/recognise-file.ts';
import { mapTexts, richTextsOf } from '../safe-question.ts';
import type { KeepFile } from './moodle-xml.ts';
import { drawSigns, isOnlySigns, picturesIn } from './picture-sign.ts';
import type { Reading } from './reading.ts';
import { attributeOf, type Crop, type WordPicture } from './word-drawings.ts';

/** What the pictures of one document may cost: files, bytes unpacked, pixels when drawn. Scans of a whole bank fit. */
const MOST_PICTURES = 500;
const MOST_BYTES = 64 * 1024 ** 2;
const MOST_PIXELS = 1_000_000_000;
/** Pictures that are drawn beside each other: as many as Node has threads for it. */
const AT_ONCE = 4;

/** What stands for a picture in the words of the source. */
const NAMED = '[hình]';

type Package = Readonly<{ file: string; parts: readonly ArchivePart[] }>;
type Relation = Readonly<{ target: string; isExternal: boolean }>;
type Lost = Readonly<{ code: UnreadCode; what?: string }>;
type Shown = Readonly<{ id: string }> | Lost;

/**
 * Puts the pictures of a document into the questions that show them: each is kept once, by `keepFile`. What cannot be
 * shown is named with its line, and the question it belongs to is to be looked at. Nothing outside the file is fetched.
 */
export async function showPictures(
	{ found, unread }: Reading,
	pictures: readonly WordPicture[],
	from: Package,
	keepFile: KeepFile
): Promise<Reading> {
	if (pictures.length === 0) return { found, unread };
	const keep = pictureKeeper(pictures, await readRelations(from), from, keepFile);
	const wanted = [...new Set(found.flatMap(({ question }) => richTextsOf(question).flatMap(picturesIn)))];
	const shown = new Map<number, Shown>();
	for (let i = 0; i < wanted.length; i += AT_ONCE)
		await Promise.all(wanted.slice(i, i + AT_ONCE).map(async (index) => shown.set(index, await keep(index))));
	const questions = found.map((one) => withPictures(one, shown, pictures));
	const lost = [...shown].flatMap(([index, picture]): Unread[] =>
		'code' in picture ? [{ line: pictures[index]?.line ?? 0, source: '', ...picture }] : []
	);
	const seen = new Set(wanted);
	const others = unread.map((one): Unread => {
		picturesIn(one.source).forEach((index) => seen.add(index));
		const code = isOnlySigns(one.source) ? 'loose_picture' : one.code;
		return { ...one, code, source: drawSigns(one.source, () => NAMED) };
	});
	const loose = pictures.flatMap(({ line }, i): Unread[] =>
		seen.has(i) ? [] : [{ line, source: '', code: 'loose_picture' }]
	);
	return { found: questions, unread: [...others, ...lost, ...loose].toSorted((a, b) => a.line - b.line) };
}

function withPictures(
	{ line, source, question, doubts }: FoundQuestion,
	shown: ReadonlyMap<number, Shown>,
	pictures: readonly WordPicture[]
): FoundQuestion {
	let isWhole = true;
	const draw = (index: number): string => {
		const picture = shown.get(index);
		if (picture && 'id' in picture)
			return `<img src="media:${picture.id}" alt="${escape(pictures[index]?.alt ?? '')}" />`;
		isWhole = false;
		return '';
	};
	const change = (html: string) => (picturesIn(html).length > 0 ? paragraphs(html, draw) : html);
	const { stem, body, explanation } = question;
	const drawn = { stem: change(stem), body: mapTexts(body, change), explanation: change(explanation) };
	return {
		...{ line, source: drawSigns(source, () => NAMED), question: { ...question, ...drawn } },
		doubts: isWhole ? doubts : [...doubts, 'picture_lost']
	};
}

/** Lines of nothing but pictures become paragraphs of their own, as the editor makes them. */
function paragraphs(html: string, draw: (index: number) => string): string {
	const made: { text: string; isPicture: boolean }[] = [];
	for (const line of html.split('<br>')) {
		const isPicture = isOnlySigns(line);
		const text = drawSigns(line, draw).trim();
		const last = made.at(-1);
		if (text === '') continue;
		if (last && !last.isPicture && !isPicture) last.text += `<br>${text}`;
		else made.push({ text, isPicture });
	}
	return made.map(({ text }) => `<p>${text}</p>`).join('');
}

/** Keeps each picture when it is first asked for, until the document's share is used up. */
function pictureKeeper(
	pictures: readonly WordPicture[],
	relations: ReadonlyMap<string, Relation>,
	{ file, parts }: Package,
	keepFile: KeepFile
): (index: number) => Promise<Shown> {
	const partOf = new Map(parts.map((part) => [part.name.toLowerCase(), part]));
	const known = new Map<string, Promise<Shown>>();
	let [count, bytesRead, pixels] = [0, 0, 0];
	const read = async (part: ArchivePart, crop: Crop | undefined): Promise<Shown> => {
		if (count === MOST_PICTURES || bytesRead + part.unpackedBytes > MOST_BYTES) return { code: 'picture_too_much' };
		count++;
		bytesRead += part.unpackedBytes;
		const bytes = await unpacked(file, part);
		if (!bytes) return { code: 'picture_missing' };
		const what = path.extname(part.name).slice(1).toUpperCase();
		if (recogniseFile(bytes)?.kind !== 'image') return { code: 'no_picture', what };
		const area = await pixelsOf(bytes);
		if (pixels + area > MOST_PIXELS) return { code: 'picture_too_much' };
		pixels += area;
		const seen = crop ? await cut(bytes, crop) : bytes;
		const id = seen && (await keepFile({ name: path.basename(part.name), bytes: seen }));
		return id ? { id } : { code: 'picture_missing' };
	};
	return async (index) => {
		const { relation = '', crop } = pictures[index] ?? {};
		if (pictures[index]?.relation === undefined) return { code: 'picture_drawn' };
		const { target = '', isExternal = false } = relations.get(relation) ?? {};
		if (isExternal) return { code: 'picture_outside', what: target.slice(0, 200) };
		const part = partOf.get(target.toLowerCase());
		if (!part) return { code: 'picture_missing' };
		const key = JSON.stringify([part.name, crop]);
		const kept = known.get(key) ?? read(part, crop);
		known.set(key, kept);
		return kept;
	};
}

/** Undefined for what is packed wrongly or larger than it says: the rest of the file can be read all the same. */
async function unpacked(file: string, part: ArchivePart): Promise<Buffer | undefined> {
	const chunks: Buffer[] = [];
	try {
		for await (const chunk of unpackPart(file, part)) chunks.push(chunk);
		return Buffer.concat(chunks);
	} catch (error) {
		if (isDomainError(error)) return undefined;
		throw error;
	}
}

/** As its head says, before anything is drawn; what has no readable head costs nothing and is refused when it is kept. */
async function pixelsOf(bytes: Buffer): Promise<number> {
	const { width, height } = await sharp(bytes)
		.metadata()
		.catch(() => ({ width: 0, height: 0 }));
	return width * height;
}

/** Only what the author left to be seen: what was cut off in Word may be the answer. */
async function cut(bytes: Buffer, { left, top, right, bottom }: Crop): Promise<Buffer | undefined> {
	try {
		const upright = sharp(bytes).autoOrient();
		const { width, height } = (await upright.metadata()).autoOrient;
		const [x, y] = [Math.floor(left * width), Math.floor(top * height)];
		const [toX, toY] = [Math.ceil((1 - right) * width), Math.ceil((1 - bottom) * height)];
		const region = { left: x, top: y, width: Math.max(1, toX - x), height: Math.max(1, toY - y) };
		return await upright.extract(region).toBuffer();
	} catch {
		return undefined;
	}
}

/** Relations of the main part, by id (ECMA-376 part 2, 9.3); targets of the file as names of parts. */
async function readRelations({ file, parts }: Package): Promise<Map<string, Relation>> {
	const xml = await partText(
		file,
		parts.find(({ name }) => name === 'word/_rels/document.xml.rels')
	);
	const relations = new Map<string, Relation>();
	for (const [, attributes = ''] of xml.matchAll(/<(?:\w+:)?Relationship\b([^>]*)>/g)) {
		const target = attributeOf(attributes, 'Target');
		const isExternal = attributeOf(attributes, 'TargetMode').toLowerCase() === 'external' || /^[a-z]+:/i.test(target);
		const name = path.posix.join('/word', target.startsWith('/') ? '/..' : '', target).slice(1);
		relations.set(attributeOf(attributes, 'Id'), { target: isExternal ? target : name, isExternal });
	}
	return relations;
}

const escape = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
