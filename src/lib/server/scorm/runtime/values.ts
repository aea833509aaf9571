import type { Standard } from '#lib/scorm/manifest.ts';
import { interactionOf, isStoredElement } from '#lib/scorm/runtime/elements.ts';
import type { CommitRequest } from '#lib/scorm/runtime/protocol.ts';
import type { Values } from '#lib/scorm/runtime/status.ts';
import { secondsOf } from '#lib/scorm/runtime/time.ts';

/** Bytes of all values of one item: suspend data, and interactions of many sessions. */
const MOST_BYTES = 1024 ** 2;
/** Characters of a value that the journal keeps. */
const JOURNAL_CHARS = 250;
/** Clocks of the two sides differ, and the last word travels. */
const CLOCK_SLACK_S = 60;

/**
 * What an item holds after these commits; what no element of the standard is, is dropped. Undefined when it outgrows its
 * room: nothing is cut off silently.
 */
export function merge(standard: Standard, held: Values, commits: CommitRequest['commits'], interactionBase: number) {
	const values: Record<string, string> = { ...held };
	let bytes = 0;
	for (const commit of commits) {
		for (const [element, value] of Object.entries(commit.values)) {
			if (isStoredElement(standard, element)) values[shift(element, interactionBase)] = value;
		}
	}
	for (const [element, value] of Object.entries(values)) bytes += element.length + value.length;
	if (bytes > MOST_BYTES) return undefined;
	const exitElement = standard === '1.2' ? 'core.exit' : 'exit';
	return { values, exitElement };
}

function shift(element: string, base: number): string {
	const index = interactionOf(element);
	return index === undefined || base === 0 ? element : element.replace(/\d+/, String(index + base));
}

/** How many interactions values hold. */
export function countInteractions(values: Values): number {
	const indexes = Object.keys(values).flatMap((element) => interactionOf(element) ?? []);
	return indexes.length === 0 ? 0 : Math.max(...indexes) + 1;
}

/** Seconds of the present session: what content reports, as far as the clock on the wall allows. */
export function sessionSeconds(values: Values, { sinceS, sessionS }: { sinceS: number; sessionS: number }): number {
	const reported = secondsOf(values['cmi.core.session_time'] ?? values['cmi.session_time'] ?? '');
	return reported === null ? sessionS : Math.min(reported, sinceS + CLOCK_SLACK_S);
}

/** Values as the journal keeps them: long ones are cut and say how long they were. */
export function cut(values: Values): Record<string, string> {
	const shown = (value: string) =>
		value.length > JOURNAL_CHARS ? `${value.slice(0, JOURNAL_CHARS)}… (${value.length})` : value;
	return Object.fromEntries(
		Object.entries(values)
			.slice(0, 200)
			.map(([element, value]) => [element, shown(value)])
	);
}
