import type { Criterion } from '../question.ts';

/** Points a person gave, by criterion. */
export type RubricPoints = Readonly<Record<string, number>>;

/**
 * Share of the marks that a filled-in rubric gives; undefined while a criterion is open or has more points than it can
 * bring.
 */
export function scoreRubric(rubric: readonly Criterion[], points: RubricPoints): number | undefined {
	let [given, most] = [0, 0];
	for (const { id, maxPoints } of rubric) {
		const value = points[id];
		if (value === undefined || !(value >= 0 && value <= maxPoints)) return undefined;
		given += value;
		most += maxPoints;
	}
	return most === 0 ? undefined : given / most;
}
