import type { Delivered } from '#lib/assessment/deliver.ts';
import { letterOf } from '#lib/assessment/paper-letters.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { printedSheetTexts as t } from '#lib/i18n/printed-papers.ts';
import type { PagedBlock, ShownPicture } from '../../platform/office/paged-document.ts';
import { piecesOf, type Pictures } from '../pictures.ts';

/** Room for pictures, mm: a question with a picture and four pictures to choose from takes half a page. */
const STEM_ROOM = { widthMm: 120, heightMm: 65 };
const OPTION_ROOM = { widthMm: 75, heightMm: 32 };
/** Width of a picture in heights up to which four stand beside each other. */
const WIDE = 1.5;

/** True where a text shows what paper cannot carry: sound, clips, pictures that are not there. */
export const hasUnprintable = (html: string, pictures: Pick<Pictures, 'has'>): boolean =>
	piecesOf(html).some((piece) => 'mediaId' in piece && !pictures.has(piece.mediaId));

type Style = Readonly<{ isIndented?: boolean; isItalic?: boolean; isKept?: boolean }>;

/** A rich text as blocks: paragraphs, list entries, rows of tables and pictures apart; what cannot be printed is named. */
export function richBlocks(html: string, pictures: Pictures, style: Style, room = STEM_ROOM): PagedBlock[] {
	const blocks = piecesOf(html).flatMap((piece): PagedBlock[] => {
		if ('html' in piece) return linesOf(piece.html).map((text) => ({ kind: 'text', text, ...style }));
		const { isIndented = false, isKept = false } = style;
		const picture = pictures.get(piece.mediaId);
		const shown = picture && [{ picture, alt: piece.alt }];
		return shown ? [{ kind: 'pictures', shown, columns: 1, room, isIndented, isKept }] : [];
	});
	return hasUnprintable(html, pictures) ? [...blocks, { kind: 'text', text: t.media, ...style }] : blocks;
}

const linesOf = (html: string): string[] =>
	html
		.split(/<br[^>]*>|<\/(?:p|li|h[1-6]|tr|div)>/i)
		.map(plainText)
		.filter(Boolean);

/** One question with what can be chosen; it stays on one page where it can. */
export function askedBlocks(number: number, stem: string, item: Delivered, pictures: Pictures): PagedBlock[] {
	const html = item.type === 'cloze' ? stem + gapped(item) : stem;
	const [first, ...rest] = richBlocks(html, pictures, { isIndented: true, isKept: true });
	const label = t.question(String(number));
	const blocks = [...beginning(label, first, { isKept: true }), ...rest, ...choices(item, pictures)];
	const last = blocks[blocks.length - 1]!;
	return 'isKept' in last ? [...blocks.slice(0, -1), { ...last, isKept: false }] : blocks;
}

/** A label with the words behind it; a picture comes below the label of its question. */
function beginning(label: string, first: PagedBlock | undefined, style: Style): PagedBlock[] {
	if (first?.kind === 'text') return [{ ...first, isIndented: false, ...style, label }];
	return [{ kind: 'text', label, text: '', ...style }, ...(first ? [first] : [])];
}

function choices(item: Delivered, pictures: Pictures): PagedBlock[] {
	const style = { isIndented: true, isKept: true };
	const listed = (texts: readonly string[], sign: (i: number) => string): PagedBlock[] =>
		texts.map((text, i) => ({ kind: 'text', label: `${sign(i)}.`, text, ...style }));
	const shown = (parts: readonly { html: string }[], sign: (i: number) => string): PagedBlock[] => {
		const each = parts.map(({ html }) => onOneLine(richBlocks(html, pictures, style, OPTION_ROOM)));
		const beside = besideEachOther(each, (i) => `${sign(i)}.`);
		return beside ?? each.flatMap((blocks, i) => labelled(`${sign(i)}.`, blocks, style));
	};
	const said = (text: string): PagedBlock => ({ kind: 'text', text, isItalic: true, ...style });
	const numbered = (i: number) => String(i + 1);
	switch (item.type) {
		case 'single':
			return shown(item.options, letterOf);
		case 'multiple':
			return [said(t.several), ...shown(item.options, letterOf)];
		case 'true_false':
			return listed([t.isTrue, t.isFalse], letterOf);
		case 'matching':
			return [
				said(t.matching),
				...shown(item.pairs, numbered),
				...listed(
					item.matches.map(({ text }) => text),
					letterOf
				)
			];
		case 'ordering':
			return [said(t.ordering), ...shown(item.items, letterOf)];
		case 'numeric':
			return [said(item.unit ? `${t.onSheet} ${t.answerUnit(item.unit)}` : t.onSheet)];
		default:
			return [said(t.onSheet)];
	}
}

function labelled(label: string, [first, ...rest]: readonly PagedBlock[], style: Style): PagedBlock[] {
	if (first?.kind !== 'pictures') return [...beginning(label, first, style), ...rest];
	return [{ ...first, shown: first.shown.map((one) => ({ ...one, label })) }, ...rest];
}

/** Where each can be chosen by a picture alone, rows of two or four; undefined where one has words. */
function besideEachOther(each: readonly PagedBlock[][], labelOf: (i: number) => string): PagedBlock[] | undefined {
	const shown = each.flatMap((blocks, i) => {
		const [only] = blocks;
		const isPicture = blocks.length === 1 && only?.kind === 'pictures';
		return isPicture ? only.shown.map((one): ShownPicture => ({ ...one, label: labelOf(i) })) : [];
	});
	if (shown.length < each.length || shown.length < 2) return undefined;
	const isWide = shown.length === 2 || shown.some(({ picture }) => picture.width > picture.height * WIDE);
	const columns = isWide ? 2 : 4;
	return Array.from({ length: Math.ceil(shown.length / columns) }, (_, row) => ({
		...{ kind: 'pictures', columns, room: OPTION_ROOM, isIndented: true, isKept: true },
		shown: shown.slice(row * columns, (row + 1) * columns)
	}));
}

/** Lines of words beside each other joined: an option is short. */
function onOneLine(blocks: readonly PagedBlock[]): PagedBlock[] {
	const joined: PagedBlock[] = [];
	for (const block of blocks) {
		const last = joined.at(-1);
		if (last?.kind === 'text' && block.kind === 'text')
			joined[joined.length - 1] = { ...last, text: `${last.text} ${block.text}` };
		else joined.push(block);
	}
	return joined;
}

/** The text with numbered dots where something is to be filled in, and what can be chosen behind them. */
function gapped({ text, gaps }: Extract<Delivered, { type: 'cloze' }>): string {
	return text.replace(/\[\[([a-z0-9]+)\]\]/g, (whole, id: string) => {
		const at = gaps.findIndex((gap) => gap.id === id);
		const gap = gaps[at];
		if (!gap) return whole;
		const options = gap.options.map((option) => escaped(option.text)).join(' / ');
		return `(${at + 1}) …………${options ? ` [${options}]` : ''}`;
	});
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
