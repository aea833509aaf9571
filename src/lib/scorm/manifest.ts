import type { Sequencing } from './sequencing/definition.ts';

/** Which run-time a package speaks. Editions of SCORM 2004 differ in details of their manifests only. */
export type Standard = '1.2' | '2004';

/** A thing that is not quite right and did not keep a package out; sentences in lib/i18n/scorm.ts. */
export type Remark = Readonly<{ code: string; params?: Readonly<Record<string, string | number>> }>;

/** What a package says of itself (imsmanifest.xml), read and checked. Stored with its revision and never changed. */
export type Manifest = Readonly<{
	standard: Standard;
	/** As a person would name it: `1.2`, `2004 3rd Edition`. */
	edition: string;
	identifier: string;
	title: string;
	organizations: readonly Organization[];
	/** Identifier of the organization that is used unless the trainer chooses another. */
	defaultOrganization: string;
}>;

/** One way through the package: a tree of items under a root. */
export type Organization = Readonly<{
	identifier: string;
	title: string;
	items: readonly Item[];
	/** 2004: of the root activity. */
	sequencing?: Sequencing;
	/** 2004: global objectives live as long as the learner, not as the attempt (CAM 3.4.1.3). */
	objectivesGlobalToSystem: boolean;
	/** 2004 4th edition: the same for shared data (CAM 3.4.1.3). */
	sharedDataGlobalToSystem: boolean;
}>;

/** What a leaf opens. */
export type Launch = Readonly<{
	/** Path of the file within the package, exactly as it is stored. */
	path: string;
	/** Begins with `?` where there are parameters; of the resource's own address and the item's, joined. */
	search: string;
	/** Begins with `#`, or empty. */
	hash: string;
	/** A SCO talks to the run-time; an asset is only shown. */
	kind: 'sco' | 'asset';
}>;

/** A line of the table of contents. Those with a `launch` can be opened: leaves, in SCORM 1.2 others too. */
export type Item = Readonly<{
	identifier: string;
	title: string;
	isVisible: boolean;
	launch?: Launch;
	items: readonly Item[];

	/** SCORM 1.2, 3.3.1.8 of its content aggregation: an expression over other items. */
	prerequisites?: string;
	/** 1.2: raw score from which the item is passed. */
	masteryScore?: number;
	/** As `cmi.student_data.max_time_allowed` (1.2) or `cmi.max_time_allowed` (2004) give it. */
	maxTimeAllowed?: string;
	timeLimitAction?: TimeLimitAction;
	launchData?: string;

	/** 2004. */
	sequencing?: Sequencing;
	completionThreshold?: CompletionThreshold;
	/** 2004 4th edition: data stores this item shares with others (CAM 3.4.1.20). */
	sharedData?: readonly SharedDataMap[];
	/** Parts of our interface that the item asks to hide (CAM 5.2). */
	hideLmsUi?: readonly HideableUi[];
}>;

export const TIME_LIMIT_ACTIONS = [
	'exit,message',
	'exit,no message',
	'continue,message',
	'continue,no message'
] as const;
type TimeLimitAction = (typeof TIME_LIMIT_ACTIONS)[number];

export const HIDEABLE_UI = ['previous', 'continue', 'exit', 'exitAll', 'abandon', 'abandonAll', 'suspendAll'] as const;
type HideableUi = (typeof HIDEABLE_UI)[number];

/** When progress alone decides completion (CAM 3.4.1.15). */
export type CompletionThreshold = Readonly<{
	completedByMeasure: boolean;
	/** 0–1. */
	minProgressMeasure: number;
	/** Weight of this item in its parent's progress, 0–1. */
	progressWeight: number;
}>;

export type SharedDataMap = Readonly<{ targetId: string; canRead: boolean; canWrite: boolean }>;

/** All items of an organization, parents before their children. */
export function itemsOf(organization: Pick<Organization, 'items'>): Item[] {
	return organization.items.flatMap(withDescendants);
}

function withDescendants(item: Item): Item[] {
	return [item, ...item.items.flatMap(withDescendants)];
}

/** Items that can be opened, in order. */
export function launchableItems(organization: Pick<Organization, 'items'>): Item[] {
	return itemsOf(organization).filter((item) => item.launch);
}
