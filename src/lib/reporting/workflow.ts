import type { SubmissionMark } from './report-content.ts';

/**
 * How far a unit's report is: being written, with the head of the unit, approved (or signed on paper) and with the Sở Tư
 * pháp, taken over by it, or sent back to be put right.
 */
export type ReportState = 'draft' | 'submitted' | 'approved' | 'accepted' | 'returned';

/** What can be done to a unit's report; who may is decided apart. */
export const REPORT_STEPS = ['submit', 'approve', 'sign', 'accept', 'return'] as const;
export type ReportStep = (typeof REPORT_STEPS)[number];

const FROM: Readonly<Record<ReportStep, readonly ReportState[]>> = {
	submit: ['draft', 'returned'],
	approve: ['submitted'],
	sign: ['submitted', 'approved'],
	accept: ['approved'],
	return: ['submitted', 'approved', 'accepted']
};

/** True where a report of this state can take the step. */
export function canStep(state: ReportState, step: ReportStep): boolean {
	return FROM[step].includes(state);
}

/** What is typed can be changed until the report leaves the unit's desk. */
export const isEditable = (state: ReportState) => state === 'draft' || state === 'returned';

/** How the consolidated report names a state; with the head of the unit it has not been sent yet. */
export function submissionMark(state: ReportState): SubmissionMark {
	if (state === 'approved') return 'sent';
	return state === 'accepted' || state === 'returned' ? state : 'not_sent';
}
