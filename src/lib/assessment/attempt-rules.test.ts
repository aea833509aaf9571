import { describe, expect, test } from 'vitest';
import { deadlineOf, gradeOf, GRACE_S, isOverdue, percentOf, shownInReview, startRefusal } from './attempt-rules.ts';
import { DEFAULT_SETTINGS, type PaperSettings } from './paper.ts';

const T0 = new Date('2026-11-20T08:00:00+07:00');
const after = (minutes: number) => new Date(T0.getTime() + minutes * 60_000);
const settings = (more: Partial<PaperSettings> = {}): PaperSettings => ({ ...DEFAULT_SETTINGS, ...more });

describe('the deadline', () => {
	test.for([
		{ name: 'no limit, no closing', more: {}, expected: null },
		{ name: 'only a limit', more: { timeLimitMin: 30 }, expected: after(30) },
		{ name: 'closing comes first', more: { timeLimitMin: 30, closesAt: after(10).toISOString() }, expected: after(10) },
		{ name: 'limit comes first', more: { timeLimitMin: 5, closesAt: after(10).toISOString() }, expected: after(5) }
	])('$name', ({ more, expected }) => {
		expect(deadlineOf(T0, settings(more))).toEqual(expected);
	});

	test('leaves what is on its way the seconds of grace, and not one more', () => {
		expect(isOverdue(T0, new Date(T0.getTime() + GRACE_S * 1000))).toBe(false);
		expect(isOverdue(T0, new Date(T0.getTime() + GRACE_S * 1000 + 1))).toBe(true);
		expect(isOverdue(null, after(9999))).toBe(false);
	});
});

describe('starting', () => {
	const done = (minute: number) => ({ submittedAt: after(minute), percent: 50 });
	test.for([
		{ name: 'free', more: {}, attempts: [], expected: undefined },
		{ name: 'too early', more: { opensAt: after(1).toISOString() }, attempts: [], expected: 'assessment.not_open_yet' },
		{ name: 'at the closing', more: { closesAt: T0.toISOString() }, attempts: [], expected: 'assessment.closed' },
		{ name: 'used up', more: {}, attempts: [done(-9), done(-5)], expected: 'assessment.no_attempt_left' },
		{ name: 'no limit', more: { attemptLimit: null }, attempts: [done(-9), done(-5)], expected: undefined },
		{ name: 'waiting', more: { delayMin: 10 }, attempts: [done(-9)], expected: 'assessment.wait_for_next' },
		{ name: 'waited', more: { delayMin: 9 }, attempts: [done(-9)], expected: undefined }
	])('$name', ({ more, attempts, expected }) => {
		expect(startRefusal(settings(more), attempts, T0)?.code).toBe(expected);
	});
});

test.for([
	['highest', 80],
	['last', 40],
	['first', 60],
	['average', 60]
] as const)('the grade of %s', ([rule, expected]) => {
	expect(gradeOf([60, 80, 40], rule)).toBe(expected);
	expect(gradeOf([], rule)).toBeNull();
});

test('percent is rounded to hundredths', () => {
	expect([percentOf(2, 3), percentOf(7, 10), percentOf(0, 0)]).toEqual([66.67, 70, 0]);
});

describe('the review', () => {
	const seen = (more: Partial<PaperSettings>, minute: number, begun = 1) =>
		shownInReview(settings(more), { submittedAt: T0, begun }, after(minute));
	test('hides the key while another attempt can be made', () => {
		expect(seen({}, 1)).not.toContain('key');
		expect(seen({}, 9999)).not.toContain('key');
		expect(seen({}, 1, 2)).toContain('key');
	});
	test('waits for the closing where there is one, attempts used up or not', () => {
		const closing = { closesAt: after(60).toISOString() };
		expect(seen(closing, 59, 2)).not.toContain('key');
		expect(seen(closing, 60, 1)).toContain('key');
	});
	test('tells right after from later', () => {
		const review = { right_after: ['marks'], while_open: [], after_close: [] } as const;
		expect([seen({ review }, 15), seen({ review }, 16)]).toEqual([['marks'], []]);
	});
});
