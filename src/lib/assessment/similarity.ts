/**
 * How alike the wrong answers of two people are: error similarity analysis after Bellezza and Bellezza, "Detection of
 * cheating on multiple-choice tests by using error-similarity analysis", Teaching of Psychology 16 (1989) 151–155. Of the
 * questions both got wrong, identical wrong answers are counted and set against what chance would bring. Information for
 * people who know the circumstances, never a verdict: those who learned the same mistake answer alike too.
 */

/**
 * Chance that two wrong answers to one question are the same, from how often each wrong answer was given in the class:
 * the sum of the squared shares.
 * @param counts of each distinct wrong answer
 */
export function matchChance(counts: readonly number[]): number {
	const total = counts.reduce((sum, count) => sum + count, 0);
	return total === 0 ? 0 : counts.reduce((sum, count) => sum + (count / total) ** 2, 0);
}

export type Similarity = Readonly<{
	/** Identical wrong answers that chance would bring. */
	expected: number;
	/** Chance of as many or more, 0 to 1. */
	chance: number;
}>;

/**
 * @param same identical wrong answers
 * @param chances of a match, one for each question both got wrong
 */
export function errorSimilarity(same: number, chances: readonly number[]): Similarity {
	const expected = chances.reduce((sum, p) => sum + p, 0);
	return { expected, chance: atLeast(same, chances) };
}

/** Chance of at least `k` successes in trials of different chances (Poisson binomial), by adding one trial after the other. */
function atLeast(k: number, chances: readonly number[]): number {
	let exactly = [1];
	for (const p of chances) {
		const next = Array.from({ length: exactly.length + 1 }, () => 0);
		for (const [i, share] of exactly.entries()) {
			next[i]! += share * (1 - p);
			next[i + 1]! += share * p;
		}
		exactly = next;
	}
	return exactly.slice(k).reduce((sum, share) => sum + share, 0);
}

/** Fewer identical wrong answers are not shown: they say nothing. */
export const LEAST_SAME = 4;
/** Pairs whose likeness chance brings more often than this are not shown. */
export const MOST_CHANCE = 0.001;
