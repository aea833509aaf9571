import { expect, test } from 'vitest';
import { gradeOf, openingOf, rollUp } from './grading.ts';
import type { Standing } from './status.ts';

const done = (score: number | null): Standing => ({ completion: 'completed', success: 'unknown', score });
const begun: Standing = { completion: 'incomplete', success: 'unknown', score: null };

test.for([
	{ itemGrade: 'highest', expected: 0.9 },
	{ itemGrade: 'average', expected: 0.7 },
	{ itemGrade: 'sum', expected: 1 },
	{ itemGrade: 'completed', expected: 0.5 }
] as const)('items of 0.5 and 0.9, and two without score, are $expected by $itemGrade', ({ itemGrade, expected }) => {
	expect(rollUp([done(0.5), done(0.9), begun, undefined], itemGrade).score).toBeCloseTo(expected);
});

test.for([
	{ attemptGrade: 'highest', expected: 0.9 },
	{ attemptGrade: 'average', expected: 0.6 },
	{ attemptGrade: 'first', expected: 0.3 },
	{ attemptGrade: 'last', expected: 0.6 }
] as const)(
	'attempts of 0.3, 0.9, 0.6 and one without score are $expected by $attemptGrade',
	({ attemptGrade, expected }) => {
		expect(gradeOf([0.3, 0.9, null, 0.6], attemptGrade)).toBeCloseTo(expected);
	}
);

test('an attempt is complete with its last item, and failed with any', () => {
	expect(rollUp([done(null), undefined], 'highest').completion).toBe('incomplete');
	expect(rollUp([done(null), done(1)], 'highest').completion).toBe('completed');
	expect(
		rollUp(
			[
				{ ...done(1), success: 'passed' },
				{ ...done(0), success: 'failed' }
			],
			'highest'
		).success
	).toBe('failed');
	expect(rollUp([undefined], 'highest')).toEqual({ completion: 'unknown', success: 'unknown', score: null });
});

const over = { completion: 'completed' } as const;
const open = { completion: 'incomplete' } as const;

test.for([
	{ name: 'the first time', attempts: [], settings: {}, expected: 'new' },
	{ name: 'an attempt under way', attempts: [open], settings: {}, expected: 'continue' },
	{ name: 'a finished one without a limit', attempts: [over], settings: {}, expected: 'continue' },
	{ name: 'always anew', attempts: [open], settings: { newAttempt: 'always' }, expected: 'new' },
	{
		name: 'always anew, at the limit, under way',
		attempts: [open],
		settings: { newAttempt: 'always', attemptLimit: 1 },
		expected: 'continue'
	},
	{
		name: 'anew after completion',
		attempts: [over],
		settings: { newAttempt: 'after_completion', attemptLimit: 2 },
		expected: 'new'
	},
	{
		name: 'the last one used up',
		attempts: [over],
		settings: { newAttempt: 'after_completion', attemptLimit: 1 },
		expected: 'review'
	},
	{
		name: 'the last one used up and locked',
		attempts: [over],
		settings: { attemptLimit: 1, lockAfterLast: true },
		expected: 'locked'
	},
	{
		name: 'one more granted',
		attempts: [over],
		settings: { newAttempt: 'after_completion', attemptLimit: 1, lockAfterLast: true },
		extra: 1,
		expected: 'new'
	}
] as const)('opening: $name → $expected', ({ attempts, settings, expected, ...more }) => {
	const all = { attemptLimit: null, newAttempt: 'never', lockAfterLast: false, ...settings } as const;
	expect(openingOf(attempts, all, 'extra' in more ? (more.extra ?? 0) : 0)).toBe(expected);
});
