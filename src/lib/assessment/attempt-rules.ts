import type { GradeOf, PaperSettings, ReviewMoment, ReviewPart } from './paper.ts';

/** What arrives this long after the deadline was given in time: it was on its way. */
export const GRACE_S = 15;
/** How long after handing in is "right after". */
const RIGHT_AFTER_MIN = 15;

const MINUTE = 60_000;

/** When an attempt ends: its time limit or the closing of the paper, whichever comes first; null where neither is set. */
export function deadlineOf(
	startedAt: Date,
	{ timeLimitMin, closesAt }: Pick<PaperSettings, 'timeLimitMin' | 'closesAt'>
): Date | null {
	const ends = [
		...(timeLimitMin === null ? [] : [startedAt.getTime() + timeLimitMin * MINUTE]),
		...(closesAt === null ? [] : [Date.parse(closesAt)])
	];
	return ends.length === 0 ? null : new Date(Math.min(...ends));
}

/** True when nothing that arrives now counts any more. */
export function isOverdue(deadlineAt: Date | null, now: Date): boolean {
	return deadlineAt !== null && now.getTime() > deadlineAt.getTime() + GRACE_S * 1000;
}

/** Whole seconds until the deadline, never below 0; null without one. */
export function remainingS(deadlineAt: Date | null, now: Date): number | null {
	return deadlineAt === null ? null : Math.max(0, Math.ceil((deadlineAt.getTime() - now.getTime()) / 1000));
}

/** An attempt as far as the rules look at it. */
export type FinishedAttempt = Readonly<{ submittedAt: Date | null; percent: number | null }>;

/** Why no attempt may be started now. */
export type StartRefusal = Readonly<{ code: string; at?: Date }>;

/** What keeps somebody from starting another attempt; the password is asked for apart. */
export function startRefusal(
	settings: PaperSettings,
	attempts: readonly FinishedAttempt[],
	now: Date
): StartRefusal | undefined {
	const { opensAt, closesAt, delayMin } = settings;
	if (opensAt !== null && now < new Date(opensAt)) return { code: 'assessment.not_open_yet', at: new Date(opensAt) };
	if (closesAt !== null && now >= new Date(closesAt)) return { code: 'assessment.closed', at: new Date(closesAt) };
	if (attemptsLeft(settings, attempts.length) === 0) return { code: 'assessment.no_attempt_left' };
	const lastEnd = Math.max(0, ...attempts.map(({ submittedAt }) => submittedAt?.getTime() ?? 0));
	const next = new Date(lastEnd + delayMin * MINUTE);
	return now < next ? { code: 'assessment.wait_for_next', at: next } : undefined;
}

/** Attempts that can still be started; null where there is no limit. */
export function attemptsLeft({ attemptLimit }: Pick<PaperSettings, 'attemptLimit'>, begun: number): number | null {
	return attemptLimit === null ? null : Math.max(0, attemptLimit - begun);
}

/**
 * The grade that several attempts make, percent.
 * @param percents of the attempts that are marked, in their order
 * @returns null while there is none
 */
export function gradeOf(percents: readonly number[], rule: GradeOf): number | null {
	if (percents.length === 0) return null;
	switch (rule) {
		case 'highest':
			return Math.max(...percents);
		case 'last':
			return percents.at(-1)!;
		case 'first':
			return percents[0]!;
		case 'average':
			return toHundredths(percents.reduce((sum, percent) => sum + percent, 0) / percents.length);
	}
}

/** Marks reached as percent of all, two decimals, so that 69,995% never passes at 70 by the way a computer adds. */
export function percentOf(score: number, maxMarks: number): number {
	return maxMarks <= 0 ? 0 : toHundredths((score / maxMarks) * 100);
}

function toHundredths(value: number): number {
	return Math.round((value + Number.EPSILON) * 100) / 100;
}

/** What may be seen of a finished attempt now. */
export function shownInReview(
	settings: PaperSettings,
	{ submittedAt, begun }: { submittedAt: Date; begun: number },
	now: Date
): readonly ReviewPart[] {
	return settings.review[momentOf(settings, { submittedAt, begun }, now)];
}

function momentOf(
	settings: PaperSettings,
	{ submittedAt, begun }: { submittedAt: Date; begun: number },
	now: Date
): ReviewMoment {
	const isOver = settings.closesAt === null ? attemptsLeft(settings, begun) === 0 : now >= new Date(settings.closesAt);
	if (isOver) return 'after_close';
	return now.getTime() - submittedAt.getTime() <= RIGHT_AFTER_MIN * MINUTE ? 'right_after' : 'while_open';
}
