/**
 * How the activities of a package are sequenced, as its manifest says: the Sequencing Definition Model (SCORM 2004 4th
 * edition, Sequencing and Navigation, chapter 3). Every default is filled in by the parser.
 */
export type Sequencing = Readonly<{
	/** SN 3.2 and 3.3. */
	controls: Controls;
	/** SN 3.4. */
	rules: Readonly<{ pre: readonly Rule[]; exit: readonly Rule[]; post: readonly Rule[] }>;
	/** SN 3.5. Limits of duration are told to the content only: it may not be sequenced by them in the 4th edition. */
	attemptLimit: number | null;
	/** SN 3.7 and 3.8. */
	rollup: Rollup;
	/** SN 3.10; exactly one is primary. */
	objectives: readonly Objective[];
	/** SN 3.11 and 3.12. */
	selection: Readonly<{ timing: Timing; count: number | null }>;
	randomization: Readonly<{ timing: Timing; reorderChildren: boolean }>;
	/** SN 3.13. */
	delivery: Readonly<{ tracked: boolean; completionSetByContent: boolean; objectiveSetByContent: boolean }>;
}>;

type Controls = Readonly<{
	choice: boolean;
	choiceExit: boolean;
	flow: boolean;
	forwardOnly: boolean;
	useCurrentAttemptObjectiveInfo: boolean;
	useCurrentAttemptProgressInfo: boolean;
	preventActivation: boolean;
	constrainChoice: boolean;
}>;

export type Timing = 'never' | 'once' | 'onEachNewAttempt';

export const RULE_CONDITIONS = [
	'satisfied',
	'objectiveStatusKnown',
	'objectiveMeasureKnown',
	'objectiveMeasureGreaterThan',
	'objectiveMeasureLessThan',
	'completed',
	'activityProgressKnown',
	'attempted',
	'attemptLimitExceeded',
	'timeLimitExceeded',
	'outsideAvailableTimeRange',
	'always'
] as const;

export const RULE_ACTIONS = {
	pre: ['skip', 'disabled', 'hiddenFromChoice', 'stopForwardTraversal'],
	exit: ['exit'],
	post: ['exitParent', 'exitAll', 'retry', 'retryAll', 'continue', 'previous']
} as const;
export type RuleAction = (typeof RULE_ACTIONS)['pre' | 'exit' | 'post'][number];

export type RuleCondition = Readonly<{
	condition: (typeof RULE_CONDITIONS)[number];
	/** Identifier of an objective of the activity; without it the primary one is meant. */
	objectiveId: string | null;
	measureThreshold: number;
	isNegated: boolean;
}>;

export type Rule = Readonly<{ conditions: readonly RuleCondition[]; combination: 'all' | 'any'; action: RuleAction }>;

export const ROLLUP_CONDITIONS = [
	'satisfied',
	'objectiveStatusKnown',
	'objectiveMeasureKnown',
	'completed',
	'activityProgressKnown',
	'attempted',
	'attemptLimitExceeded',
	'timeLimitExceeded',
	'outsideAvailableTimeRange'
] as const;

export const ROLLUP_ACTIONS = ['satisfied', 'notSatisfied', 'completed', 'incomplete'] as const;

export type RollupRule = Readonly<{
	childActivitySet: 'all' | 'any' | 'none' | 'atLeastCount' | 'atLeastPercent';
	minimumCount: number;
	/** 0–1. */
	minimumPercent: number;
	conditions: readonly Readonly<{ condition: (typeof ROLLUP_CONDITIONS)[number]; isNegated: boolean }>[];
	combination: 'all' | 'any';
	action: (typeof ROLLUP_ACTIONS)[number];
}>;

export const REQUIRED_FOR = ['always', 'ifAttempted', 'ifNotSkipped', 'ifNotSuspended'] as const;
type RequiredFor = (typeof REQUIRED_FOR)[number];

export type Rollup = Readonly<{
	rules: readonly RollupRule[];
	objectiveSatisfied: boolean;
	progressCompletion: boolean;
	objectiveMeasureWeight: number;
	requiredForSatisfied: RequiredFor;
	requiredForNotSatisfied: RequiredFor;
	requiredForCompleted: RequiredFor;
	requiredForIncomplete: RequiredFor;
	measureSatisfactionIfActive: boolean;
}>;

export type Objective = Readonly<{
	/** Null for a primary objective without an identifier. */
	id: string | null;
	isPrimary: boolean;
	satisfiedByMeasure: boolean;
	minNormalizedMeasure: number;
	maps: readonly ObjectiveMap[];
}>;

/** What of a local objective comes from a global one, and what goes to it (SN 3.10.3). */
export type ObjectiveMap = Readonly<{
	targetId: string;
	readSatisfiedStatus: boolean;
	readNormalizedMeasure: boolean;
	writeSatisfiedStatus: boolean;
	writeNormalizedMeasure: boolean;
	readRawScore: boolean;
	readMinScore: boolean;
	readMaxScore: boolean;
	readCompletionStatus: boolean;
	readProgressMeasure: boolean;
	writeRawScore: boolean;
	writeMinScore: boolean;
	writeMaxScore: boolean;
	writeCompletionStatus: boolean;
	writeProgressMeasure: boolean;
}>;

/** What an activity without any sequencing information has. */
export const DEFAULT_SEQUENCING: Sequencing = {
	controls: {
		choice: true,
		choiceExit: true,
		flow: false,
		forwardOnly: false,
		useCurrentAttemptObjectiveInfo: true,
		useCurrentAttemptProgressInfo: true,
		preventActivation: false,
		constrainChoice: false
	},
	rules: { pre: [], exit: [], post: [] },
	attemptLimit: null,
	rollup: {
		rules: [],
		objectiveSatisfied: true,
		progressCompletion: true,
		objectiveMeasureWeight: 1,
		requiredForSatisfied: 'always',
		requiredForNotSatisfied: 'always',
		requiredForCompleted: 'always',
		requiredForIncomplete: 'always',
		measureSatisfactionIfActive: true
	},
	objectives: [{ id: null, isPrimary: true, satisfiedByMeasure: false, minNormalizedMeasure: 1, maps: [] }],
	selection: { timing: 'never', count: null },
	randomization: { timing: 'never', reorderChildren: false },
	delivery: { tracked: true, completionSetByContent: false, objectiveSetByContent: false }
};
