import { expect, test } from 'vitest';
import { bestOf, lessonStatusOf, standingOf, type Standing, type Values } from './status.ts';

const RULES = { standard: '1.2', failedCompletes: true } as const;

test.for([
	{ status: 'passed', expected: ['completed', 'passed'] },
	{ status: 'completed', expected: ['completed', 'unknown'] },
	{ status: 'failed', expected: ['completed', 'failed'] },
	{ status: 'incomplete', expected: ['incomplete', 'unknown'] },
	{ status: 'browsed', expected: ['incomplete', 'unknown'] },
	{ status: 'not attempted', expected: ['incomplete', 'unknown'] }
])('a 1.2 status of "$status" means $expected', ({ status, expected }) => {
	const { completion, success } = standingOf({ 'cmi.core.lesson_status': status }, RULES, true);
	expect([completion, success]).toEqual(expected);
});

test('failed does not complete where the author says so', () => {
	const rules = { ...RULES, failedCompletes: false };
	expect(standingOf({ 'cmi.core.lesson_status': 'failed' }, rules, true).completion).toBe('incomplete');
});

test.for([
	{ raw: '69', expected: 'failed' },
	{ raw: '70', expected: 'passed' }
])('a raw score of $raw against a mastery score of 70 is $expected once the session is over', ({ raw, expected }) => {
	const values = { 'cmi.core.lesson_status': 'completed', 'cmi.core.score.raw': raw };
	expect(standingOf(values, { ...RULES, masteryScore: 70 }, true).success).toBe(expected);
	expect(standingOf(values, { ...RULES, masteryScore: 70 }, false).success).toBe('unknown');
});

test.for([
	{ name: 'raw alone is percent', values: { 'cmi.core.score.raw': '85' }, expected: 0.85 },
	{
		name: 'raw over its range',
		values: { 'cmi.core.score.raw': '8', 'cmi.core.score.min': '0', 'cmi.core.score.max': '10' },
		expected: 0.8
	},
	{
		name: 'a range upside down is none',
		values: { 'cmi.core.score.raw': '50', 'cmi.core.score.min': '9', 'cmi.core.score.max': '1' },
		expected: 0.5
	},
	{ name: 'no score', values: {}, expected: null }
] as readonly { name: string; values: Values; expected: number | null }[])('score: $name', ({ values, expected }) => {
	expect(standingOf(values, RULES, true).score).toBe(expected);
});

test('2004 keeps completion and success apart, and a negative score is none at all', () => {
	const values = { 'cmi.completion_status': 'completed', 'cmi.success_status': 'failed', 'cmi.score.scaled': '-0.5' };
	const rules = { standard: '2004', failedCompletes: true } as const;
	expect(standingOf(values, rules, true)).toEqual({ completion: 'completed', success: 'failed', score: 0 });
	expect(standingOf({}, rules, true)).toEqual({ completion: 'incomplete', success: 'unknown', score: null });
});

test('nothing that was reached is lost by looking again', () => {
	const passed: Standing = { completion: 'completed', success: 'passed', score: 0.9 };
	const again: Standing = { completion: 'incomplete', success: 'failed', score: 0.2 };
	expect(bestOf(passed, again)).toEqual(passed);
	expect(lessonStatusOf(bestOf(passed, again), 'incomplete')).toBe('passed');
});
