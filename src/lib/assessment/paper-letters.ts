import { formatNumber } from '../i18n/format.ts';
import { deliver } from './deliver.ts';
import type { AtomicBody, Gap } from './question.ts';

/** The letter under which the n-th option stands on paper, from 0. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** How many boxes a question has on the answer sheet; 0 where words are written. */
export function boxesOf(body: AtomicBody): number {
	if (body.type === 'true_false') return 2;
	return body.type === 'single' || body.type === 'multiple' ? body.options.length : 0;
}

/**
 * The key as whoever marks by hand reads it on paper: letters, pairs such as `1-C`, or words. Empty where a person judges.
 * @param order of the options in this variant, as it was laid out
 */
export function keyOnPaper(body: AtomicBody, order: readonly string[]): string {
	const asked = deliver(body, order);
	switch (body.type) {
		case 'single':
		case 'multiple': {
			const right = new Set(body.options.filter(({ credit }) => credit > 0).map(({ id }) => id));
			const shown = 'options' in asked ? asked.options : [];
			return shown.flatMap(({ id }, i) => (right.has(id) ? [letterOf(i)] : [])).join('');
		}
		case 'true_false':
			return letterOf(body.isTrue ? 0 : 1);
		case 'matching': {
			const shown = 'matches' in asked ? asked.matches : [];
			const letter = (matchId: string) => letterOf(shown.findIndex(({ id }) => id === matchId));
			return body.pairs.map(({ matchId }, i) => `${i + 1}-${letter(matchId)}`).join(', ');
		}
		case 'ordering': {
			const shown = 'items' in asked ? asked.items : [];
			return body.items.map((item) => letterOf(shown.findIndex(({ id }) => id === item.id))).join(', ');
		}
		case 'short':
			return texts(body.accepted);
		case 'numeric':
			return `${numbers(body.accepted)} ${body.unit}`.trim();
		case 'cloze':
			return body.gaps.map((gap, i) => `(${i + 1}) ${gapKey(gap)}`).join('; ');
		case 'essay':
		case 'upload':
			return '';
	}
}

function gapKey(gap: Gap): string {
	if (gap.kind === 'numeric') return numbers(gap.accepted);
	return texts(gap.kind === 'choice' ? gap.options : gap.accepted);
}

const texts = (accepted: readonly { text: string; credit: number }[]) =>
	accepted.flatMap(({ text, credit }) => (credit > 0 ? [text] : [])).join(' / ');

const numbers = (accepted: readonly { value: number; tolerance: number; credit: number }[]) =>
	accepted
		.filter(({ credit }) => credit > 0)
		.map(({ value, tolerance }) => formatNumber(value) + (tolerance > 0 ? ` ± ${formatNumber(tolerance)}` : ''))
		.join(' / ');
