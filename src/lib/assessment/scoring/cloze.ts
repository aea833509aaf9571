import type { BodyOf, Gap } from '../question.ts';
import { share } from './choice.ts';
import { scoreNumeric } from './numeric.ts';
import { scoreShort } from './short.ts';

/** Share of the marks for a text with gaps: each gap by its own rule, weighed by its weight. */
export function scoreCloze({ gaps }: BodyOf<'cloze'>, answer: Readonly<Record<string, string>>): number {
	const whole = gaps.reduce((sum, { weight }) => sum + weight, 0);
	if (whole === 0) return 0;
	return gaps.reduce((sum, gap) => sum + gap.weight * scoreGap(gap, answer[gap.id] ?? ''), 0) / whole;
}

/** Share of one gap. */
function scoreGap(gap: Gap, answer: string): number {
	switch (gap.kind) {
		case 'short':
			return scoreShort(gap, answer);
		case 'numeric':
			return scoreNumeric(gap, answer);
		case 'choice':
			return share(gap.options.find(({ id }) => id === answer)?.credit ?? 0);
	}
}
