import type { BodyOf } from '../question.ts';

/**
 * Share of the marks for an order.
 * - `all_or_nothing`: 1 for exactly the right order.
 * - `place`: items that stand in their own place.
 * - `neighbours`: items that are followed by the one that should follow; moving one item costs at most three of these.
 */
export function scoreOrdering({ items, rule }: BodyOf<'ordering'>, order: readonly string[]): number {
	const ids = items.map(({ id }) => id);
	const inPlace = ids.filter((id, i) => order[i] === id).length;
	if (rule === 'all_or_nothing') return inPlace === ids.length ? 1 : 0;
	if (rule === 'place') return inPlace / ids.length;
	const follow = ids.slice(1).filter((id, i) => order[order.indexOf(ids[i] ?? '') + 1] === id).length;
	return follow / (ids.length - 1);
}
