import type { ScormSettings } from '../settings.ts';
import { type Completion, NOT_BEGUN, type Standing, type Success } from './status.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The standing of an attempt from those of the package's items, in a package without sequencing of its own: complete with
 * the last item, failed with any, passed when all that say anything say so.
 * @param items one for each item that can be opened; undefined where it was not begun
 */
export function rollUp(items: readonly (Standing | undefined)[], itemGrade: ScormSettings['itemGrade']): Standing {
	const known = items.map((item) => item ?? NOT_BEGUN);
	const isBegun = items.some((item) => item !== undefined);
	const isDone = known.length > 0 && known.every(({ completion }) => completion === 'completed');
	const completion: Completion = isDone ? 'completed' : isBegun ? 'incomplete' : 'unknown';
	return { completion, success: successOf(known), score: scoreOf(known, itemGrade) };
}

function successOf(items: readonly Standing[]): Success {
	const said = items.map(({ success }) => success).filter((success) => success !== 'unknown');
	if (said.length === 0) return 'unknown';
	return said.includes('failed') ? 'failed' : 'passed';
}

function scoreOf(items: readonly Standing[], itemGrade: ScormSettings['itemGrade']): number | null {
	if (itemGrade === 'completed')
		return mean(items.map(({ completion }): number => (completion === 'completed' ? 1 : 0)));
	const scores = items.flatMap(({ score }) => score ?? []);
	if (scores.length === 0) return null;
	if (itemGrade === 'highest') return Math.max(...scores);
	if (itemGrade === 'average') return mean(scores);
	return Math.min(
		1,
		scores.reduce((sum, score) => sum + score, 0)
	);
}

/** The score of a lesson from those of its attempts, first to last; attempts without a score do not count. */
export function gradeOf(
	scores: readonly (number | null)[],
	attemptGrade: ScormSettings['attemptGrade']
): number | null {
	const known = scores.flatMap((score) => score ?? []);
	if (known.length === 0) return null;
	if (attemptGrade === 'highest') return Math.max(...known);
	if (attemptGrade === 'average') return mean(known);
	return (attemptGrade === 'first' ? known[0] : known.at(-1)) ?? null;
}

/** What opening a lesson means, given the attempts so far. */
export type Opening = 'new' | 'continue' | 'review' | 'locked';

type AttemptSoFar = Readonly<{ completion: Completion; carriedFromId?: string | null }>;

/** Attempts that were begun as such: one that went on with an earlier one's data after the package changed uses up none. */
const usedOf = (attempts: readonly AttemptSoFar[]) => attempts.filter(({ carriedFromId }) => !carriedFromId).length;

/**
 * @param attempts first to last, without those a trainer has reset
 * @param extraAttempts that a trainer has granted
 */
export function openingOf(
	attempts: readonly AttemptSoFar[],
	settings: Pick<ScormSettings, 'attemptLimit' | 'newAttempt' | 'lockAfterLast'>,
	extraAttempts: number
): Opening {
	const last = attempts.at(-1);
	if (!last) return 'new';
	const isOver = last.completion === 'completed';
	const mayBegin = settings.attemptLimit === null || usedOf(attempts) < settings.attemptLimit + extraAttempts;
	const wantsNew = settings.newAttempt === 'always' || (settings.newAttempt === 'after_completion' && isOver);
	if (wantsNew && mayBegin) return 'new';
	if (!isOver) return 'continue';
	if (settings.attemptLimit === null || mayBegin) return 'continue';
	return settings.lockAfterLast ? 'locked' : 'review';
}

/** What opening a lesson means, and whether a new attempt goes on with the data of the last. */
export type NextOpening = Readonly<{ opening: Opening; isCarried: boolean }>;

/**
 * As {@link openingOf}, where the package may have got a later revision meanwhile. An attempt keeps its revision to its end.
 * Whoever has come to the end and would go on in the same attempt begins one at the later revision instead, with the data of
 * the last; where the lesson's settings ask for a fresh attempt, it is fresh.
 * @param revision that new attempts are begun with
 */
export function nextOpening(
	attempts: readonly (AttemptSoFar & Readonly<{ revision: number }>)[],
	settings: Pick<ScormSettings, 'attemptLimit' | 'newAttempt' | 'lockAfterLast'>,
	extraAttempts: number,
	revision: number
): NextOpening {
	const opening = openingOf(attempts, settings, extraAttempts);
	const last = attempts.at(-1);
	const isBehind = opening === 'continue' && last?.completion === 'completed' && last.revision < revision;
	return isBehind ? { opening: 'new', isCarried: true } : { opening, isCarried: false };
}

/** Attempts that count for the grade: one whose data went on in another is counted there. */
export function withoutCarried<T extends Readonly<{ id: string; carriedFromId: string | null }>>(
	attempts: readonly T[]
): T[] {
	const carried = new Set(attempts.map(({ carriedFromId }) => carriedFromId));
	return attempts.filter(({ id }) => !carried.has(id));
}
