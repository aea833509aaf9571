import { expect, test } from 'vitest';
import { answerFromPaper } from './paper-answer.ts';
import type { AtomicBody } from './question.ts';

const options = ['opt0', 'opt1', 'opt2'].map((id) => ({ id, html: id, credit: 0, feedback: '' }));
const single: AtomicBody = { type: 'single', keepsOrder: false, options };
const multiple: AtomicBody = { type: 'multiple', keepsOrder: false, rule: 'all_or_nothing', options };
const truth: AtomicBody = { type: 'true_false', isTrue: true, feedbackTrue: '', feedbackFalse: '' };
const matching: AtomicBody = {
	type: 'matching',
	rule: 'each',
	pairs: [
		{ id: 'pa1', html: '1', matchId: 'opt0' },
		{ id: 'pa2', html: '2', matchId: 'opt1' }
	],
	matches: options.map(({ id }) => ({ id, text: id }))
};
const ordering: AtomicBody = { type: 'ordering', rule: 'place', items: options };
const numeric: AtomicBody = { type: 'numeric', unit: 'ngày', accepted: [] };
const cloze: AtomicBody = {
	type: 'cloze',
	text: '[[ga1]] [[ga2]]',
	gaps: [
		{ kind: 'short', id: 'ga1', weight: 1, accepted: [], ignoresCase: true, ignoresAccents: true },
		{ kind: 'choice', id: 'ga2', weight: 1, options: [{ id: 'ch1', text: 'Quốc hội', credit: 100, feedback: '' }] }
	]
};
const ORDER = ['opt2', 'opt0', 'opt1'];

test.for<[string, AtomicBody, string, unknown]>([
	['a letter is the option that stands there', single, 'a', 'opt2'],
	['a letter beyond the options cannot be read', single, 'D', undefined],
	['two letters are no single choice', single, 'AB', undefined],
	['nothing written is left blank', single, '  ', null],
	['letters of a multiple choice stand together', multiple, 'AC', ['opt2', 'opt1']],
	['or apart', multiple, 'a, c', ['opt2', 'opt1']],
	['the same letter twice cannot be read', multiple, 'AA', undefined],
	['A is Đúng', truth, 'A', true],
	['Sai is said in words too', truth, 'Sai', false],
	['C is neither', truth, 'C', undefined],
	['pairs are a number and a letter', matching, '1-B, 2 – C', { pa1: 'opt0', pa2: 'opt1' }],
	['a pair given twice cannot be read', matching, '1-A, 1-B', undefined],
	['an order names all items', ordering, 'B, C, A', ['opt0', 'opt1', 'opt2']],
	['a part of an order cannot be read', ordering, 'B, C', undefined],
	['a number stays as it is written', numeric, '1,5', '1,5'],
	['words are no number', numeric, 'ba mươi', undefined],
	['gaps stand in order', cloze, '(1) mười; (2) quốc hội', { ga1: 'mười', ga2: 'ch1' }],
	['what a gap does not offer cannot be read', cloze, 'mười; Chính phủ', undefined]
])('%s', ([, body, written, expected]) => {
	expect(answerFromPaper(body, ORDER, written)).toEqual(expected);
});
