import { fold, tidy } from '../../text/fold.ts';
import type { BodyOf } from '../question.ts';
import { share } from './choice.ts';

type TextRules = Pick<BodyOf<'short'>, 'accepted' | 'ignoresCase' | 'ignoresAccents'>;

/**
 * Share of the marks for a typed answer: the best credit among the accepted forms it fits. Spaces at the ends, doubled
 * spaces and a full stop at the end never matter; case and Vietnamese marks where the question says so.
 */
export function scoreShort(rules: TextRules, answer: string): number {
	return share(bestForm(rules, answer)?.credit ?? 0);
}

/** The accepted form with the highest credit that the answer fits, or undefined. */
function bestForm({ accepted, ...rules }: TextRules, answer: string): TextRules['accepted'][number] | undefined {
	const given = form(answer, rules);
	if (given === '') return undefined;
	const fitting = accepted.filter(({ text }) => fits(form(text, rules), given));
	return fitting.toSorted((a, b) => b.credit - a.credit)[0];
}

function form(text: string, { ignoresCase, ignoresAccents }: Omit<TextRules, 'accepted'>): string {
	const plain = tidy(text)
		.replace(/[.。]+$/, '')
		.trimEnd();
	// Folding lowers the case too; where only the marks may differ, case is kept apart by folding each letter alone.
	if (ignoresAccents) return ignoresCase ? fold(plain) : foldKeepingCase(plain);
	return ignoresCase ? plain.toLocaleLowerCase('vi') : plain;
}

function foldKeepingCase(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}

/** `*` stands for any text. Linear in both texts whatever they hold: no regular expression is made of them. */
function fits(pattern: string, text: string): boolean {
	const [first = '', ...rest] = pattern.split('*');
	if (rest.length === 0) return pattern === text;
	const last = rest.pop() ?? '';
	if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
	const end = text.length - last.length;
	let at = first.length;
	for (const piece of rest) {
		const found = text.indexOf(piece, at);
		if (found < 0 || found + piece.length > end) return false;
		at = found + piece.length;
	}
	return true;
}
