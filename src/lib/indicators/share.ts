import { formatPercent } from '#lib/i18n/format.ts';
import type { Locale } from '#lib/i18n/index.ts';

/** A part of a whole, both whole numbers: people of people, activities of activities. */
export type Share = Readonly<{ part: number; whole: number }>;

/** A target as the plan puts it: `above` is "trên" (strict), `at_least` is "đạt", "ít nhất". Percent is a whole number. */
export type Threshold = Readonly<{ comparison: 'above' | 'at_least'; percent: number }>;

/** `met` đạt · `missed` chưa đạt · `none` không phát sinh: nothing to compare, neither 0% nor 100%. */
export type Verdict = 'met' | 'missed' | 'none';

const NONE: Readonly<Record<Locale, string>> = { vi: 'Không phát sinh', en: 'None in the period' };

/**
 * Compares whole numbers only: 30 of 40 is exactly 75% and does not meet "trên 75%"
 * (Kế hoạch 184/KH-UBND, mục II.2; a binary fraction might round it either way).
 */
export function verdict({ part, whole }: Share, { comparison, percent }: Threshold): Verdict {
	if (whole === 0) return 'none';
	const isMet = comparison === 'above' ? part * 100 > whole * percent : part * 100 >= whole * percent;
	return isMet ? 'met' : 'missed';
}

/** `79,99%`: two decimals, rounded down, so that 79,996% is never shown as 80,00%; `Không phát sinh` for 0/0. */
export function shareText({ part, whole }: Share, locale: Locale = 'vi'): string {
	return whole === 0 ? NONE[locale] : formatPercent(part, whole, locale);
}

/** Adds shares as the plan counts: parts over wholes, never the mean of percentages. */
export function sumOfShares(shares: readonly Share[]): Share {
	return shares.reduce<Share>((sum, { part, whole }) => ({ part: sum.part + part, whole: sum.whole + whole }), {
		part: 0,
		whole: 0
	});
}

/** Too few to say a percentage: such a unit shows n/N only, without colour and rank (the counting rule's number). */
export function isTooSmall({ whole }: Share, smallest: number): boolean {
	return whole < smallest;
}
