import type { EditClassInput } from '#lib/training/input.ts';

/** What an organiser says of a class, whatever its mode; the columns of the same names. */
export type ClassFacts = Omit<EditClassInput, 'startsOn' | 'dueOn' | 'version' | 'coOrganisers'>;

/** Those columns and nothing else of a longer input. */
export function factColumns(facts: ClassFacts): ClassFacts {
	const { title, kind, mode, audience, topics, legalFields, documentNo, documentDate, approver } = facts;
	const { place, meetingUrl, lecturers, teachingPeriods, stateBudgetVnd, otherFundsVnd } = facts;
	return {
		...{ title, kind, mode, audience, topics, legalFields, documentNo, documentDate, approver },
		...{ place, meetingUrl, lecturers, teachingPeriods, stateBudgetVnd, otherFundsVnd }
	};
}
