import type { BodyOf } from '../question.ts';
import { share } from './choice.ts';

type NumberRules = Pick<BodyOf<'numeric'>, 'accepted'>;

/** Share of the marks for a number: the best credit among the values it lies close enough to. */
export function scoreNumeric(rules: NumberRules, answer: string): number {
	return share(bestValue(rules, answer)?.credit ?? 0);
}

function bestValue({ accepted }: NumberRules, answer: string): NumberRules['accepted'][number] | undefined {
	const given = readNumber(answer);
	if (given === undefined) return undefined;
	const near = accepted.filter(({ value, tolerance }) => Math.abs(given - value) <= tolerance + rounding(value));
	return near.toSorted((a, b) => b.credit - a.credit)[0];
}

/** What binary fractions may be off by: 0.1 + 0.2 is still 0.3. */
const rounding = (value: number) => Math.abs(value) * 1e-9 + 1e-12;

/**
 * A number as people in Việt Nam type it: `1.234,5`, `1 234,5`, `0,75`, also `0.75` and `-3`; `1.234` is one thousand two
 * hundred thirty-four, since a dot before exactly three digits separates thousands here. A trailing `%` is ignored.
 */
export function readNumber(text: string): number | undefined {
	const typed = text
		.replace(/[\s\u00A0]/g, '')
		.replace(/%$/, '')
		.replace(/^[−–]/, '-');
	const isGrouped = /^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/.test(typed);
	const plain = isGrouped ? typed.replaceAll('.', '').replace(',', '.') : typed.replace(',', '.');
	return /^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})$/.test(plain) ? Number(plain) : undefined;
}
