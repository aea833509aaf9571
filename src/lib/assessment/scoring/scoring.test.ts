import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { AtomicBody, BodyOf } from '../question.ts';
import { readNumber } from './numeric.ts';
import { scoreRubric } from './rubric.ts';
import { scoreAnswer } from './score.ts';

const option = (id: string, credit: number) => ({ id, html: `<p>${id}</p>`, credit, feedback: '' });

const single: BodyOf<'single'> = {
	type: 'single',
	keepsOrder: false,
	options: [option('aaa', 0), option('bbb', 100), option('ccc', 50)]
};
const multiple = (rule: BodyOf<'multiple'>['rule']): BodyOf<'multiple'> => ({
	type: 'multiple',
	keepsOrder: false,
	rule,
	options: [option('aaa', 60), option('bbb', 40), option('ccc', -50), option('ddd', 0)]
});
const matching: BodyOf<'matching'> = {
	type: 'matching',
	rule: 'each',
	pairs: [
		{ id: 'p01', html: 'Luật PBGDPL', matchId: 'm01' },
		{ id: 'p02', html: 'Luật An ninh mạng', matchId: 'm02' },
		{ id: 'p03', html: 'Luật AI', matchId: 'm02' }
	],
	matches: [
		{ id: 'm01', text: '2012' },
		{ id: 'm02', text: '2025' },
		{ id: 'm03', text: '2025' }
	]
};
const ordering = (rule: BodyOf<'ordering'>['rule']): BodyOf<'ordering'> => ({
	type: 'ordering',
	rule,
	items: ['one', 'two', 'three', 'four'].map((id) => ({ id, html: id }))
});
const short = (more: Partial<BodyOf<'short'>>): BodyOf<'short'> => ({
	type: 'short',
	accepted: [
		{ text: 'Chủ tịch UBND cấp xã', credit: 100, feedback: '' },
		{ text: 'Chủ tịch * xã', credit: 50, feedback: '' }
	],
	ignoresCase: true,
	ignoresAccents: false,
	...more
});
const numeric: BodyOf<'numeric'> = {
	type: 'numeric',
	unit: '%',
	accepted: [
		{ value: 75, tolerance: 0, credit: 100, feedback: '' },
		{ value: 75, tolerance: 5, credit: 40, feedback: '' }
	]
};
const cloze: BodyOf<'cloze'> = {
	type: 'cloze',
	text: 'Ngày [[gap1]] tháng [[gap2]] là [[gap3]].',
	gaps: [
		{ kind: 'numeric', id: 'gap1', weight: 1, accepted: [{ value: 9, tolerance: 0, credit: 100, feedback: '' }] },
		{
			kind: 'choice',
			id: 'gap2',
			weight: 1,
			options: [
				{ id: 'x11', text: '11', credit: 100, feedback: '' },
				{ id: 'x12', text: '12', credit: 0, feedback: '' }
			]
		},
		{
			kind: 'short',
			id: 'gap3',
			weight: 2,
			accepted: [{ text: 'Ngày Pháp luật', credit: 100, feedback: '' }],
			ignoresCase: true,
			ignoresAccents: true
		}
	]
};
const rubric = [
	{ id: 'dung', title: 'Đúng', description: '', maxPoints: 2, levels: [] },
	{ id: 'du1', title: 'Đủ', description: '', maxPoints: 3, levels: [] }
];
const essay: BodyOf<'essay'> = { type: 'essay', rubric, minWords: null, maxWords: null, notes: '' };
const upload: BodyOf<'upload'> = { type: 'upload', rubric, accepts: ['image'], mostFiles: 1, notes: '' };
const trueFalse: BodyOf<'true_false'> = { type: 'true_false', isTrue: false, feedbackTrue: '', feedbackFalse: '' };

type Case = readonly [name: string, body: AtomicBody, answer: unknown, share: number | null];

describe('an answer brings its share of the marks', () => {
	test.each<Case>([
		['single: the right option', single, 'bbb', 1],
		['single: an option worth half', single, 'ccc', 0.5],
		['single: a wrong option', single, 'aaa', 0],
		['single: an option of another question', single, 'zzz', 0],
		['true/false: right', trueFalse, false, 1],
		['true/false: wrong', trueFalse, true, 0],
		['multiple, all or nothing: exactly the right ones', multiple('all_or_nothing'), ['bbb', 'aaa'], 1],
		['multiple, all or nothing: one missing', multiple('all_or_nothing'), ['aaa'], 0],
		['multiple, all or nothing: one too many', multiple('all_or_nothing'), ['aaa', 'bbb', 'ddd'], 0],
		['multiple, right minus wrong: one right', multiple('right_minus_wrong'), ['aaa'], 0.5],
		['multiple, right minus wrong: one of each', multiple('right_minus_wrong'), ['aaa', 'ccc'], 0],
		['multiple, right minus wrong: everything', multiple('right_minus_wrong'), ['aaa', 'bbb', 'ccc', 'ddd'], 0],
		['multiple, each option: one right ticked, none wrong', multiple('each_option'), ['aaa'], 0.75],
		['multiple, each option: nothing ticked', multiple('each_option'), [], 0],
		['multiple, weights: the sum', multiple('weights'), ['aaa', 'bbb'], 1],
		['multiple, weights: a wrong tick costs', multiple('weights'), ['aaa', 'ccc'], 0.1],
		['multiple, weights: never below zero', multiple('weights'), ['ccc'], 0],
		['multiple: the same option twice is no answer', multiple('weights'), ['aaa', 'aaa'], 0],
		['matching: two of three', matching, { p01: 'm01', p02: 'm02', p03: 'm01' }, 2 / 3],
		['matching: another match with the same words', matching, { p01: 'm01', p02: 'm03', p03: 'm02' }, 1],
		['matching, all or nothing: two of three', { ...matching, rule: 'all_or_nothing' }, { p01: 'm01', p02: 'm02' }, 0],
		['ordering, all or nothing: right', ordering('all_or_nothing'), ['one', 'two', 'three', 'four'], 1],
		['ordering, all or nothing: two swapped', ordering('all_or_nothing'), ['two', 'one', 'three', 'four'], 0],
		['ordering, place: two swapped', ordering('place'), ['two', 'one', 'three', 'four'], 0.5],
		['ordering, neighbours: the first one last', ordering('neighbours'), ['two', 'three', 'four', 'one'], 2 / 3],
		['ordering, place: the first one last', ordering('place'), ['two', 'three', 'four', 'one'], 0],
		['ordering: an item missing is no answer', ordering('place'), ['one', 'two', 'three'], 0],
		['short: spaces, case and a full stop do not matter', short({}), '  chủ tịch  ubnd cấp xã. ', 1],
		['short: marks matter unless the question says so', short({}), 'chu tich ubnd cap xa', 0],
		['short: without marks', short({ ignoresAccents: true }), 'chu tich ubnd cap xa', 1],
		['short: typed in NFD', short({}), 'Chủ tịch UBND cấp xã'.normalize('NFD'), 1],
		['short: case matters', short({ ignoresCase: false }), 'chủ tịch ubnd cấp xã', 0],
		[
			'short: case matters, marks do not',
			short({ ignoresCase: false, ignoresAccents: true }),
			'Chu tich UBND cap xa',
			1
		],
		['short: an asterisk stands for any text', short({}), 'Chủ tịch Ủy ban nhân dân xã', 0.5],
		['short: empty', short({ accepted: [{ text: '*', credit: 100, feedback: '' }] }), '   ', 0],
		['numeric: exact, with a sign behind', numeric, '75 %', 1],
		['numeric: within the wider tolerance', numeric, '79,9', 0.4],
		['numeric: at its edge', numeric, '80', 0.4],
		['numeric: beyond', numeric, '80,01', 0],
		['numeric: no number', numeric, 'bảy lăm', 0],
		['cloze: everything', cloze, { gap1: '09', gap2: 'x11', gap3: 'ngay phap luat' }, 1],
		['cloze: by weight', cloze, { gap3: 'Ngày Pháp luật' }, 0.5],
		['cloze: a gap that is not there', cloze, { gap9: 'x' }, 0],
		['essay: waits for a person', essay, 'Thưa các đồng chí…', null],
		['essay: empty', essay, ' \n ', 0],
		['upload: waits for a person', upload, { files: ['0198f0a0-0000-7000-8000-000000000001'], note: '' }, null],
		['upload: nothing handed in', upload, { files: [], note: '' }, 0],
		['no answer', single, null, 0],
		['an answer of another type', single, { p01: 'm01' }, 0]
	])('%s', (_name, body, answer, share) => {
		const score = scoreAnswer(body, answer);
		if (share === null) expect(score).toBeNull();
		else expect(score).toBeCloseTo(share, 12);
	});

	test('whatever is sent, a score lies between 0 and 1', () => {
		const bodies = [
			single,
			multiple('weights'),
			multiple('each_option'),
			matching,
			ordering('neighbours'),
			cloze,
			numeric
		];
		const ids = ['aaa', 'bbb', 'ccc', 'ddd', 'p01', 'm01', 'one', 'two', 'gap1', 'x11', '__proto__', 'constructor'];
		const answer = fc.oneof(
			fc.jsonValue(),
			fc.constantFrom(...ids),
			fc.array(fc.constantFrom(...ids)),
			fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...ids))
		);
		fc.assert(
			fc.property(fc.constantFrom(...bodies), answer, (body, given) => {
				const score = scoreAnswer(body, given);
				expect(score).toBeGreaterThanOrEqual(0);
				expect(score).toBeLessThanOrEqual(1);
			})
		);
	});

	test('a short answer full of asterisks is judged in a moment', () => {
		const body = short({ accepted: [{ text: 'a*'.repeat(200), credit: 100, feedback: '' }] });
		const before = performance.now();
		expect(scoreAnswer(body, `${'a'.repeat(499)}b`)).toBe(1);
		expect(performance.now() - before).toBeLessThan(500);
	});
});

test.each([
	['1.234,5', 1234.5],
	['1.234', 1234],
	['1.2345', 1.2345],
	['0,75', 0.75],
	['0.75', 0.75],
	['1 234', 1234],
	['−3', -3],
	['.5', 0.5],
	['75%', 75],
	['1e9', undefined],
	['1.23.4', undefined],
	['Infinity', undefined],
	['', undefined]
])('%s is read as %s', (text, value) => {
	expect(readNumber(text)).toBe(value);
});

test('a rubric counts when every criterion has its points', () => {
	expect(scoreRubric(rubric, { dung: 1, du1: 1.5 })).toBe(0.5);
	expect(scoreRubric(rubric, { dung: 2 })).toBeUndefined();
	expect(scoreRubric(rubric, { dung: 2.5, du1: 1 })).toBeUndefined();
	expect(scoreRubric(rubric, { dung: Number.NaN, du1: 1 })).toBeUndefined();
});
