import { matchKey, tidy } from '../text/fold.ts';
import type { AtomicBody, QuestionBody, QuestionContent } from './question.ts';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' };

/** The words of a rich text on one line; what is shown in lists, searched and compared. */
export function plainText(html: string): string {
	return tidy(
		html
			.replace(/<(?:br|\/p|\/li|\/h[1-6]|\/td|\/div)[^>]*>/gi, ' ')
			.replace(/<[^>]*>/g, '')
			.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) =>
				name
					? (ENTITIES[String(name).toLowerCase()] ?? whole)
					: codePoint(decimal ? Number(decimal) : parseInt(hex, 16))
			)
	);
}

function codePoint(code: number): string {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** True when nothing is there to be seen or heard. */
export function isBlank(html: string): boolean {
	return !/<(?:img|audio|video)\b/i.test(html) && plainText(html) === '';
}

/** All words of a question, for search. */
export function questionText({ stem, body, explanation }: QuestionContent): string {
	return [stem, ...bodyTexts(body), explanation].map(plainText).filter(Boolean).join(' ');
}

/**
 * What two questions share that ask the same: their type, stem and choices, without marks, case, punctuation or order.
 * Keys do not count, so that a copy whose key was changed is found too.
 */
export function duplicateKey({ stem, body }: Pick<QuestionContent, 'stem' | 'body'>): string {
	const choices = bodyTexts(body).map((html) => matchKey(plainText(html)));
	return [body.type, matchKey(plainText(stem)), ...choices.toSorted()].join('|');
}

function bodyTexts(body: QuestionBody): string[] {
	return body.type === 'scenario'
		? body.parts.flatMap((part) => [part.stem, ...atomicTexts(part.body)])
		: atomicTexts(body);
}

function atomicTexts(body: AtomicBody): string[] {
	switch (body.type) {
		case 'single':
		case 'multiple':
			return body.options.map(({ html }) => html);
		case 'matching':
			return [...body.pairs.map(({ html }) => html), ...body.matches.map(({ text }) => text)];
		case 'ordering':
			return body.items.map(({ html }) => html);
		case 'cloze':
			return [body.text.replace(/\[\[[a-z0-9]+\]\]/g, ' … ')];
		default:
			return [];
	}
}
