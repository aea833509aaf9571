import type { Standard } from '../manifest.ts';

/** Interactions of one SCO that are kept; content that reports more is told that there is no room. */
export const MOST_INTERACTIONS = 2000;
/** Characters of one value; suspend data of either standard has 64,000 at most. */
export const LONGEST_VALUE = 64_000;

const SCORE = 'score\\.(?:raw|min|max)';
const N = '\\d{1,4}';

/** Leaves that content may set, by standard (SCORM 1.2 RTE 3.4.4; SCORM 2004 4th edition RTE 4.2). */
const WRITABLE: Readonly<Record<Standard, readonly string[]>> = {
	'1.2': [
		`core\\.(?:lesson_location|lesson_status|exit|session_time|${SCORE})`,
		'suspend_data',
		'comments',
		`objectives\\.${N}\\.(?:id|status|${SCORE})`,
		'student_preference\\.(?:audio|language|speed|text)',
		`interactions\\.${N}\\.(?:id|time|type|weighting|student_response|result|latency|objectives\\.${N}\\.id|correct_responses\\.${N}\\.pattern)`
	],
	'2004': [
		'completion_status|success_status|exit|location|progress_measure|session_time|suspend_data',
		'score\\.(?:scaled|raw|min|max)',
		'learner_preference\\.(?:audio_level|language|delivery_speed|audio_captioning)',
		`comments_from_learner\\.${N}\\.(?:comment|location|timestamp)`,
		`objectives\\.${N}\\.(?:id|success_status|completion_status|progress_measure|description|score\\.(?:scaled|raw|min|max))`,
		`interactions\\.${N}\\.(?:id|type|timestamp|weighting|learner_response|result|latency|description|objectives\\.${N}\\.id|correct_responses\\.${N}\\.pattern)`
	]
};

/** Leaves that content may only read. */
const READABLE: Readonly<Record<Standard, readonly string[]>> = {
	'1.2': [
		'_version',
		'core\\.(?:student_id|student_name|credit|entry|total_time|lesson_mode)',
		'launch_data',
		'comments_from_lms',
		'student_data\\.(?:mastery_score|max_time_allowed|time_limit_action)'
	],
	'2004': [
		'_version',
		'completion_threshold|credit|entry|launch_data|learner_id|learner_name|max_time_allowed|mode',
		'scaled_passing_score|time_limit_action|total_time',
		`comments_from_lms\\.${N}\\.(?:comment|location|timestamp)`
	]
};

/** Groups and lists, which answer `_children` and `_count`. */
const GROUPS: Readonly<Record<Standard, string>> = {
	'1.2': `core|core\\.score|student_data|student_preference|objectives|objectives\\.${N}\\.score|interactions|interactions\\.${N}\\.(?:objectives|correct_responses)`,
	'2004': `score|learner_preference|comments_from_learner|comments_from_lms|objectives|objectives\\.${N}\\.score|interactions|interactions\\.${N}\\.(?:objectives|correct_responses)`
};

const NAVIGATION =
	'adl\\.nav\\.request(?:_valid\\.(?:continue|previous|(?:choice|jump)\\.\\{target=[^}]{1,4000}\\}))?|adl\\.data\\._(?:count|children)|adl\\.data\\.\\d{1,4}\\.(?:id|store)';

const whole = (parts: readonly string[]) => new RegExp(`^(?:${parts.join('|')})$`);
const cmi = (standard: Standard, table: typeof WRITABLE) => `cmi\\.(?:${table[standard].join('|')})`;

const STORED = { '1.2': whole([cmi('1.2', WRITABLE)]), '2004': whole([cmi('2004', WRITABLE)]) };
const KNOWN = { '1.2': knownTo('1.2'), '2004': knownTo('2004') };

function knownTo(standard: Standard): RegExp {
	const parts = [cmi(standard, WRITABLE), cmi(standard, READABLE)];
	// Also on a leaf: the run-time then says which mistake it is (202, 203, 301).
	parts.push(
		`cmi\\.(?:${[...WRITABLE[standard], ...READABLE[standard], GROUPS[standard]].join('|')})\\._(?:children|count)`
	);
	parts.push('cmi\\._(?:children|count)');
	return whole(standard === '2004' ? [...parts, NAVIGATION] : parts);
}

/** True for a leaf whose value is kept when content sets it. */
export function isStoredElement(standard: Standard, element: string): boolean {
	return STORED[standard].test(element) && (interactionOf(element) ?? 0) < MOST_INTERACTIONS;
}

/** True for what content may name at all: anything else never reaches the run-time's own objects. */
export function isKnownElement(standard: Standard, element: string): boolean {
	return element.length < 4200 && KNOWN[standard].test(element);
}

/** Index of the interaction that an element belongs to. */
export function interactionOf(element: string): number | undefined {
	const found = /^cmi\.interactions\.(\d+)\./.exec(element);
	return found ? Number(found[1]) : undefined;
}
