import type { Standard } from '../manifest.ts';

/** Whether content has been gone through (2004 `cmi.completion_status`; 1.2 knows it as part of its one status). */
export type Completion = 'unknown' | 'incomplete' | 'completed';
export type Success = 'unknown' | 'failed' | 'passed';

/** What is known of a learner in one item, or in a whole attempt. `score` is 0–1. */
export type Standing = Readonly<{ completion: Completion; success: Success; score: number | null }>;

export const NOT_BEGUN: Standing = { completion: 'unknown', success: 'unknown', score: null };

/** Values by element, `cmi.core.lesson_status` → `passed`. */
export type Values = Readonly<Record<string, string>>;

const COMPLETIONS: readonly Completion[] = ['unknown', 'incomplete', 'completed'];
const SUCCESSES: readonly Success[] = ['unknown', 'failed', 'passed'];

/** What decides a standing besides the values themselves. */
export type Rules = Readonly<{
	standard: Standard;
	/** 1.2: raw score that passes. */
	masteryScore?: number;
	/** 1.2: "failed" has gone through to the end. */
	failedCompletes: boolean;
}>;

/**
 * What values say. Content that has begun and says nothing of completion is in progress. In SCORM 1.2 one status stands for
 * both; a raw score at or above the mastery score passes whatever the status says, once the session is over.
 */
export function standingOf(values: Values, rules: Rules, isTerminated: boolean): Standing {
	return rules.standard === '1.2' ? standing12(values, rules, isTerminated) : standing2004(values);
}

function standing12(values: Values, { masteryScore, failedCompletes }: Rules, isTerminated: boolean): Standing {
	let status = values['cmi.core.lesson_status'] ?? '';
	const raw = numberOf(values['cmi.core.score.raw']);
	if (isTerminated && masteryScore !== undefined && raw !== null && status !== 'browsed')
		status = raw >= masteryScore ? 'passed' : 'failed';
	const isThrough = ['passed', 'completed'].includes(status) || (status === 'failed' && failedCompletes);
	return {
		completion: isThrough ? 'completed' : 'incomplete',
		success: status === 'passed' || status === 'failed' ? status : 'unknown',
		score: score12(values)
	};
}

/** Raw over its range; without a range raw counts as percent. */
function score12(values: Values): number | null {
	const raw = numberOf(values['cmi.core.score.raw']);
	if (raw === null) return null;
	const [min, max] = [numberOf(values['cmi.core.score.min']) ?? 0, numberOf(values['cmi.core.score.max']) ?? 100];
	return share(max > min ? (raw - min) / (max - min) : raw / 100);
}

function standing2004(values: Values): Standing {
	const completion = values['cmi.completion_status'];
	const success = values['cmi.success_status'];
	const scaled = numberOf(values['cmi.score.scaled']);
	return {
		completion: completion === 'completed' ? 'completed' : 'incomplete',
		success: success === 'passed' || success === 'failed' ? success : 'unknown',
		score: scaled === null ? null : share(scaled)
	};
}

/** The better of two standings in each respect: nothing that was reached is lost by looking at the content again. */
export function bestOf(a: Standing, b: Standing): Standing {
	const better = <T>(order: readonly T[], x: T, y: T) => (order.indexOf(x) >= order.indexOf(y) ? x : y);
	return {
		completion: better(COMPLETIONS, a.completion, b.completion),
		success: better(SUCCESSES, a.success, b.success),
		score: a.score === null ? b.score : b.score === null ? a.score : Math.max(a.score, b.score)
	};
}

export function isSameStanding(a: Standing, b: Standing): boolean {
	return a.completion === b.completion && a.success === b.success && a.score === b.score;
}

/** The one status of SCORM 1.2 that says as much as a standing does. */
export function lessonStatusOf({ completion, success }: Standing, reported: string | undefined): string {
	if (success !== 'unknown') return success;
	if (completion === 'completed') return 'completed';
	return reported ?? 'not attempted';
}

function numberOf(text: string | undefined): number | null {
	const value = text?.trim() ? Number(text) : Number.NaN;
	return Number.isFinite(value) ? value : null;
}

const share = (value: number) => Math.min(1, Math.max(0, value));
