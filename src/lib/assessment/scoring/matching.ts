import type { BodyOf } from '../question.ts';

/** Share of the pairs that were put together rightly; under `all_or_nothing` 1 or 0. */
export function scoreMatching(
	{ pairs, matches, rule }: BodyOf<'matching'>,
	answer: Readonly<Record<string, string>>
): number {
	// Two matches with the same words are the same to whoever reads them.
	const textOf = (id: string | undefined) => matches.find((match) => match.id === id)?.text;
	const right = pairs.filter(({ id, matchId }) => {
		const chosen = textOf(answer[id]);
		return chosen !== undefined && chosen === textOf(matchId);
	}).length;
	if (rule === 'all_or_nothing') return right === pairs.length ? 1 : 0;
	return right / pairs.length;
}
