import type { Item, Standard } from '#lib/scorm/manifest.ts';
import { interactionOf } from '#lib/scorm/runtime/elements.ts';
import { lessonStatusOf, NOT_BEGUN, type Standing, type Values } from '#lib/scorm/runtime/status.ts';
import { timeText } from '#lib/scorm/runtime/time.ts';
import type { LaunchMode } from '../runtime-tables.ts';

/** `cmi.entry`: the first time, going on, or neither. */
export type Entry = 'ab-initio' | 'resume' | '';

/** What a session of an item begins with. */
export type SeedFacts = Readonly<{
	standard: Standard;
	item: Item;
	mode: LaunchMode;
	learner: Readonly<{ id: string; name: string }>;
	entry: Entry;
	/** Of earlier sessions, as content told them. */
	values: Values;
	standing: Standing;
	totalS: number;
}>;

/**
 * Values by element that the run-time is filled with before content initialises it. The manifest's own are ours to give;
 * what content told earlier is given back as it was, with the standing that was reached.
 */
export function seedOf(facts: SeedFacts): Record<string, string> {
	const seed = facts.standard === '1.2' ? seed12(facts) : seed2004(facts);
	return Object.fromEntries(Object.entries(seed).filter(([, value]) => value !== '')) as Record<string, string>;
}

function seed12({ item, mode, learner, entry, values, standing, totalS }: SeedFacts) {
	const told = Object.entries(values).filter(([element]) => interactionOf(element) === undefined);
	return {
		...Object.fromEntries(told.filter(([element]) => !/^cmi\.core\.(exit|session_time|lesson_status)$/.test(element))),
		'cmi.core.student_id': learner.id,
		'cmi.core.student_name': learner.name,
		'cmi.core.lesson_status': lessonStatusOf(standing, values['cmi.core.lesson_status']),
		'cmi.core.entry': entry,
		'cmi.core.credit': mode === 'normal' ? 'credit' : 'no-credit',
		'cmi.core.lesson_mode': mode,
		'cmi.core.total_time': timeText('1.2', totalS),
		'cmi.launch_data': item.launchData ?? '',
		'cmi.student_data.mastery_score': item.masteryScore === undefined ? '' : String(item.masteryScore),
		'cmi.student_data.max_time_allowed': item.maxTimeAllowed ?? '',
		'cmi.student_data.time_limit_action': item.timeLimitAction ?? ''
	};
}

function seed2004({ item, mode, learner, entry, values, standing: reached, totalS }: SeedFacts) {
	const standing = entry === 'ab-initio' ? NOT_BEGUN : reached; // a new attempt at the item knows of none before it
	const told = Object.entries(values).filter(([element]) => !/^cmi\.(exit|session_time)$/.test(element));
	const threshold = item.completionThreshold?.completedByMeasure ? item.completionThreshold.minProgressMeasure : '';
	return {
		...objectivesOf(item, values),
		...Object.fromEntries(told),
		'cmi.completion_status':
			standing.completion === 'completed' ? 'completed' : (values['cmi.completion_status'] ?? ''),
		'cmi.success_status': standing.success === 'unknown' ? '' : standing.success,
		'cmi.learner_id': learner.id,
		'cmi.learner_name': learner.name,
		'cmi.entry': entry,
		'cmi.credit': mode === 'normal' ? 'credit' : 'no-credit',
		'cmi.mode': mode,
		'cmi.total_time': timeText('2004', totalS),
		'cmi.launch_data': item.launchData ?? '',
		'cmi.max_time_allowed': item.maxTimeAllowed ?? '',
		'cmi.time_limit_action': item.timeLimitAction ?? '',
		'cmi.scaled_passing_score': passingScoreOf(item),
		'cmi.completion_threshold': String(threshold)
	};
}

/** Only where the primary objective is satisfied by measure (RTE 4.2.20). */
function passingScoreOf({ sequencing }: Item): string {
	const primary = sequencing?.objectives.find(({ isPrimary }) => isPrimary);
	return primary?.satisfiedByMeasure ? String(primary.minNormalizedMeasure) : '';
}

/** A first session finds the objectives of the manifest, in its order (RTE 4.2.17.1); later ones what was told of them. */
function objectivesOf({ sequencing }: Item, values: Values): Record<string, string> {
	if (Object.keys(values).some((element) => element.startsWith('cmi.objectives.'))) return {};
	const named = (sequencing?.objectives ?? []).flatMap(({ id }) => id ?? []);
	return Object.fromEntries(named.map((id, i) => [`cmi.objectives.${i}.id`, id]));
}

/**
 * What is left of an item's values when a new session begins, and how it is entered (RTE 4.2.9 and 4.2.10). A session that
 * was cut off goes on. After an ordinary exit SCORM begins anew; most 1.2 packages expect their place all the same.
 */
export function carryOver(
	{ standard, keepAfterExit }: { standard: Standard; keepAfterExit: boolean },
	{ values, exit }: { values: Values; exit: string | null }
): { values: Values; entry: Entry } {
	const isCutOff = exit === null;
	const goesOn = isCutOff || exit === 'suspend' || (standard === '1.2' && keepAfterExit && exit !== 'time-out');
	if (goesOn) return { values, entry: 'resume' };
	const kept = Object.entries(values).filter(([element]) => interactionOf(element) !== undefined);
	return { values: Object.fromEntries(kept), entry: 'ab-initio' };
}
