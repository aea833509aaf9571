import { readNumber } from './scoring/numeric.ts';
import { newPartId } from './part-id.ts';
import type { BodyOf, Gap } from './question.ts';

/**
 * How an author writes gaps into a text:
 * - `{{Chủ tịch UBND cấp xã|Chủ tịch UBND xã}}`: typed; forms apart by `|`.
 * - `{{#75±5}}`: a number, ± what it may be off by.
 * - `{{=09/11~10/10~02/9}}`: chosen from a list; `=` before the right one, `~` before the others.
 * A leading `2:` gives the gap twice the weight of others.
 */
const GAP = /\{\{([^{}]{1,1000})\}\}/g;

/** Reads a text with gaps. Gaps keep the ids of those that stood in the same place before, so that old answers still fit. */
export function readCloze(written: string, previous?: BodyOf<'cloze'>): BodyOf<'cloze'> {
	const gaps: Gap[] = [];
	const before = previous?.gaps ?? [];
	const text = written.replace(GAP, (_, inside: string) => {
		const gap = readGap(decode(inside), before[gaps.length]);
		gaps.push(gap);
		return `[[${gap.id}]]`;
	});
	return { type: 'cloze', text, gaps };
}

/** The text as an author writes it. */
export function writeCloze({ text, gaps }: BodyOf<'cloze'>): string {
	return text.replace(/\[\[([a-z0-9]{3,12})\]\]/g, (whole, id: string) => {
		const gap = gaps.find((each) => each.id === id);
		return gap ? `{{${gap.weight === 1 ? '' : `${gap.weight}:`}${writeGap(gap)}}}` : whole;
	});
}

function readGap(inside: string, before: Gap | undefined): Gap {
	const [, weightText, rest = ''] = /^(?:(\d{1,2}):)?([\s\S]*)$/.exec(inside.trim()) ?? [];
	const common = { id: before?.id ?? newPartId(), weight: Math.max(1, Number(weightText ?? 1)) };
	if (rest.startsWith('#')) return { kind: 'numeric', ...common, accepted: readNumbers(rest) };
	if (/^[=~]/.test(rest)) return { kind: 'choice', ...common, options: readChoices(rest, before) };
	const accepted = pieces(rest, '|').map((text) => ({ text, credit: 100, feedback: '' }));
	const rules = before?.kind === 'short' ? before : { ignoresCase: true, ignoresAccents: false };
	return {
		...{ kind: 'short', ...common, accepted },
		...{ ignoresCase: rules.ignoresCase, ignoresAccents: rules.ignoresAccents }
	};
}

function readNumbers(rest: string) {
	return pieces(rest.slice(1), '|').flatMap((piece) => {
		const [value, tolerance = '0'] = piece.split('±');
		const [number, within] = [readNumber(value ?? ''), readNumber(tolerance)];
		return number === undefined ? [] : [{ value: number, tolerance: Math.abs(within ?? 0), credit: 100, feedback: '' }];
	});
}

function readChoices(rest: string, before: Gap | undefined) {
	const known = before?.kind === 'choice' ? before.options : [];
	return [...rest.matchAll(/([=~])([^=~]+)/g)].map(([, sign, words = '']) => {
		const text = words.trim();
		const id = known.find((option) => option.text === text)?.id ?? newPartId();
		return { id, text, credit: sign === '=' ? 100 : 0, feedback: '' };
	});
}

function writeGap(gap: Gap): string {
	switch (gap.kind) {
		case 'short':
			return gap.accepted.map(({ text }) => text).join('|');
		case 'numeric':
			return `#${gap.accepted.map(({ value, tolerance }) => number(value) + (tolerance ? `±${number(tolerance)}` : '')).join('|')}`;
		case 'choice':
			return gap.options.map(({ text, credit }) => (credit === 100 ? '=' : '~') + text).join('');
	}
}

const number = (value: number) => String(value).replace('.', ',');

function pieces(text: string, separator: string): string[] {
	return text
		.split(separator)
		.map((piece) => piece.trim())
		.filter(Boolean);
}

/** The editor writes `&amp;` for `&` inside a gap as everywhere else; the accepted words are plain. */
function decode(html: string): string {
	return html
		.replace(/<[^>]*>/g, '')
		.replace(/&nbsp;/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&amp;/g, '&');
}
