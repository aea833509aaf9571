import { expect, test } from 'vitest';
import { findingsOf, interactionsOf } from './results.ts';

test('interactions of either standard are read in their order', () => {
	const values = {
		'cmi.interactions.10.id': 'q11',
		'cmi.interactions.2.id': 'q3',
		'cmi.interactions.2.type': 'choice',
		'cmi.interactions.2.student_response': '<b>a</b>',
		'cmi.interactions.2.correct_responses.0.pattern': 'a',
		'cmi.interactions.2.correct_responses.1.pattern': 'b',
		'cmi.interactions.10.learner_response': 'x',
		'cmi.suspend_data': 'y'
	};
	expect(interactionsOf(values)).toMatchObject([
		{ number: 3, id: 'q3', response: '<b>a</b>', correct: 'a | b' },
		{ number: 11, id: 'q11', response: 'x' }
	]);
});

const item = {
	completion: 'completed',
	success: 'unknown',
	score: null,
	values: {},
	exit: '',
	interactionCount: 1
} as const;
const incomplete = { ...item, completion: 'incomplete' } as const;
const told = { 'cmi.core.lesson_status': 'incomplete' };

test.for([
	{ name: 'nothing opened', attempt: incomplete, items: [], expected: ['not_begun'] },
	{ name: 'one of two opened', attempt: incomplete, items: [item], expected: ['items_left'] },
	{ name: 'says nothing', attempt: incomplete, items: [incomplete, item], expected: ['says_nothing'] },
	{
		name: 'cut off',
		attempt: incomplete,
		items: [{ ...incomplete, values: told, exit: null }, item],
		expected: ['says_incomplete', 'never_ended']
	},
	{ name: 'failed', attempt: { ...item, success: 'failed' }, items: [item, item], expected: ['failed'] },
	{ name: 'completed without a pass', attempt: item, items: [item, item], expected: ['pass_not_told'] },
	{ name: 'passed', attempt: { ...item, success: 'passed' }, items: [item, item], expected: [] },
	{
		name: 'full score, no answers',
		attempt: { ...item, success: 'passed', score: 1 },
		items: [{ ...item, interactionCount: 0 }],
		expected: ['no_interactions']
	}
] as const)('findings: $name', ({ attempt, items, expected }) => {
	expect(findingsOf(attempt, items, { itemCount: 2, settings: { needsPass: true } })).toEqual(expected);
});
