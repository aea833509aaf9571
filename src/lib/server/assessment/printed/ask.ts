import type { Delivered } from '#lib/assessment/deliver.ts';
import { letterOf } from '#lib/assessment/paper-letters.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { printedSheetTexts as t } from '#lib/i18n/printed-papers.ts';
import type { PagedBlock } from '../../platform/office/paged-document.ts';

const MEDIA = /<(?:img|audio|video)\b/i;

/** True where a text shows what paper cannot carry. */
export const hasMedia = (html: string): boolean => MEDIA.test(html);

/** A rich text as lines: paragraphs, list entries and rows of tables apart; what cannot be printed is named. */
export function textLines(html: string): string[] {
	const lines = html.split(/<br[^>]*>|<\/(?:p|li|h[1-6]|tr|div)>/i).map(plainText);
	return [...lines, ...(hasMedia(html) ? [t.media] : [])].filter(Boolean);
}

/** One question with what can be chosen; it stays on one page where it can. */
export function askedBlocks(number: number, stem: string, item: Delivered): PagedBlock[] {
	const [first = '', ...rest] = textLines(item.type === 'cloze' ? stem + gapped(item) : stem);
	const stay = (texts: readonly string[]): PagedBlock[] =>
		texts.map((text) => ({ kind: 'text', text, isIndented: true, isKept: true }));
	const blocks: PagedBlock[] = [
		{ kind: 'text', label: t.question(String(number)), text: first, isKept: true },
		...stay(rest),
		...choices(item)
	];
	const last = blocks[blocks.length - 1]!;
	return last.kind === 'text' ? [...blocks.slice(0, -1), { ...last, isKept: false }] : blocks;
}

function choices(item: Delivered): PagedBlock[] {
	const listed = (texts: readonly string[], sign: (i: number) => string): PagedBlock[] =>
		texts.map((text, i) => ({ kind: 'text', label: `${sign(i)}.`, text, isIndented: true, isKept: true }));
	const said = (text: string): PagedBlock => ({ kind: 'text', text, isItalic: true, isIndented: true, isKept: true });
	const words = (parts: readonly { html: string }[]) => parts.map(({ html }) => textLines(html).join(' '));
	const numbered = (i: number) => String(i + 1);
	switch (item.type) {
		case 'single':
			return listed(words(item.options), letterOf);
		case 'multiple':
			return [said(t.several), ...listed(words(item.options), letterOf)];
		case 'true_false':
			return listed([t.isTrue, t.isFalse], letterOf);
		case 'matching':
			return [
				said(t.matching),
				...listed(words(item.pairs), numbered),
				...listed(
					item.matches.map(({ text }) => text),
					letterOf
				)
			];
		case 'ordering':
			return [said(t.ordering), ...listed(words(item.items), letterOf)];
		case 'numeric':
			return [said(item.unit ? `${t.onSheet} ${t.answerUnit(item.unit)}` : t.onSheet)];
		default:
			return [said(t.onSheet)];
	}
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
