import * as v from 'valibot';
import type { HIDEABLE_UI, Organization, Standard } from '../manifest.ts';
import type { Standing } from './status.ts';

// What the player and the content host say to each other, as JSON.

const Sequence = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
/** Of the sequencing engine: its own state, and what the root activity has come to. */
const EngineState = v.object({
	state: v.pipe(v.string(), v.maxLength(2 * 1024 ** 2)),
	standing: v.object({
		completion: v.picklist(['unknown', 'incomplete', 'completed']),
		success: v.picklist(['unknown', 'failed', 'passed']),
		score: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)))
	})
});
export type EngineState = v.InferOutput<typeof EngineState>;

/** What changed since the commit before it. */
const Commit = v.object({
	/** 1, 2, … within the launch. */
	sequence: Sequence,
	/** Values by element. */
	values: v.record(v.string(), v.string()),
	/** The session of the item is over. */
	isTerminate: v.boolean()
});

const Item = v.pipe(v.string(), v.minLength(1), v.maxLength(4000));

/** `POST …/commit`: all commits that were not answered yet, oldest first. */
export const CommitRequest = v.object({
	item: Item,
	commits: v.pipe(v.array(Commit), v.minLength(1), v.maxLength(2000)),
	engine: v.optional(EngineState)
});
export type CommitRequest = v.InferOutput<typeof CommitRequest>;

/** `POST …/left`: what an earlier launch could not send. */
export const LeftRequest = v.object({ ...CommitRequest.entries, launchId: v.pipe(v.string(), v.uuid()) });

/**
 * `over`: the launch has ended; `elsewhere`: a newer one took over; `crossed`: try again; `too_large`: there is no room for
 * so much.
 */
export type CommitAnswer =
	| Readonly<{
			ok: true;
			/** Highest commit number that the database holds. */
			saved: number;
			/** False in review and browse, where nothing is kept. */
			isKept: boolean;
			/** Of the item and of the attempt, where they came to more. */
			standing?: Standing;
			attempt?: Standing;
	  }>
	| Readonly<{ ok: false; code: 'over' | 'elsewhere' | 'crossed' | 'too_large' }>;

/** `POST …/open`: the item to open; absent: wherever the learner should go on. */
export const OpenRequest = v.object({ item: v.optional(Item), engine: v.optional(EngineState) });
export type OpenRequest = v.InferOutput<typeof OpenRequest>;

/** `POST …/end`: the learner has left. */
export const EndRequest = v.object({ engine: v.optional(EngineState) });

/** A line of the table of contents as the learner stands in it. */
export type TocLine = Readonly<{
	item: string;
	title: string;
	depth: number;
	isOpenable: boolean;
	/** SCORM 1.2: its prerequisites are not met. */
	isLocked: boolean;
	completion: Standing['completion'];
	success: Standing['success'];
}>;

/** An open item. */
export type Opened = Readonly<{
	item: string;
	title: string;
	/** Below the launch's own address: `f/…` with query and fragment. */
	address: string;
	kind: 'sco' | 'asset';
	/** Values to fill the run-time with. */
	seed: Readonly<Record<string, string>>;
	/** `exit,message` and so on, and the seconds left, where the item has a limit. */
	limit: Readonly<{ action: string; leftS: number }> | null;
	hideLmsUi: readonly (typeof HIDEABLE_UI)[number][];
}>;

/** Answer to `POST …/open`. */
export type OpenAnswer = Readonly<{
	launchId: string;
	attemptId: string | null;
	standard: Standard;
	mode: 'normal' | 'review' | 'browse';
	title: string;
	toc: readonly TocLine[];
	/** Absent where the package's own sequencing decides what comes first; the player then asks for it by name. */
	opened?: Opened;
	/** 2004 with several items: the tree, and the engine's state as it was saved last. */
	sequencing?: Readonly<{ organization: Organization; state: string | null }>;
}>;
