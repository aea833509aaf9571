/** Where a question stands as a whole. `needs_review` is "cần rà soát": what it rests on has changed, or somebody doubts it. */
export const QUESTION_STATUSES = ['draft', 'reviewed', 'in_use', 'needs_review', 'retired'] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];

/** Where one version stands: written, waiting for a reviewer, approved for ever. */
export type VersionState = 'draft' | 'submitted' | 'approved';

/** What can be done to a question beside writing it. */
export const STEPS = [
	'submit',
	'withdraw',
	'approve',
	'return',
	'use',
	'flag',
	'confirm',
	'retire',
	'restore'
] as const;
export type Step = (typeof STEPS)[number];

/** As far as the steps need to know a question. */
export type Standing = Readonly<{
	status: QuestionStatus;
	/** Of the newest version. */
	newest: VersionState;
	hasUsable: boolean;
	/** It was drawn by a paper before. */
	wasUsed: boolean;
}>;

/** What a step leaves behind, or undefined where it cannot be taken from here. */
export function afterStep(standing: Standing, step: Step): Pick<Standing, 'status' | 'newest'> | undefined {
	const { status, newest } = standing;
	switch (step) {
		case 'submit':
			return newest === 'draft' && status !== 'retired' ? { status, newest: 'submitted' } : undefined;
		case 'withdraw':
		case 'return':
			return newest === 'submitted' ? { status, newest: 'draft' } : undefined;
		case 'approve':
			return newest === 'submitted' && status !== 'retired'
				? { status: ready(standing), newest: 'approved' }
				: undefined;
		case 'use':
			return status === 'reviewed' ? { status: 'in_use', newest } : undefined;
		case 'flag':
			return status === 'reviewed' || status === 'in_use' ? { status: 'needs_review', newest } : undefined;
		case 'confirm':
			return status === 'needs_review' ? { status: ready(standing), newest } : undefined;
		case 'retire':
			return status !== 'retired' ? { status: 'retired', newest } : undefined;
		case 'restore':
			// Whatever time has done to it meanwhile, somebody reads it before it is drawn again.
			return status === 'retired' ? { status: standing.hasUsable ? 'needs_review' : 'draft', newest } : undefined;
	}
}

/** A question that may be drawn again goes back to where it was. */
function ready({ wasUsed }: Standing): QuestionStatus {
	return wasUsed ? 'in_use' : 'reviewed';
}

/** Steps that a reviewer takes; everything else is the author's. Nobody reviews what they wrote. */
export const REVIEWER_STEPS: readonly Step[] = ['approve', 'return', 'confirm'];
