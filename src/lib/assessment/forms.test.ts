import { expect, test } from 'vitest';
import { readCloze, writeCloze } from './cloze-notation.ts';
import { deliver, shuffledIds } from './deliver.ts';
import { readBody } from './read-body.ts';
import { readQuestionForm } from './read-question.ts';
import type { AtomicBody, BodyOf } from './question.ts';

function form(fields: Record<string, string | readonly string[]>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) data.append(name, each);
	return data;
}

test('a form of options leaves out empty rows and keeps ids, so that old answers still fit', () => {
	const body = readBody(
		'multiple',
		form({
			'optionId[]': ['aaa', 'bbb', 'ccc', 'ddd'],
			'optionHtml[]': ['Một', ' ', 'Hai', 'Ba'],
			'optionFeedback[]': ['', '', 'vì sao', ''],
			'right[]': ['aaa', 'ddd'],
			rule: 'each_option',
			keepsOrder: 'on'
		})
	);
	expect(body).toEqual({
		type: 'multiple',
		keepsOrder: true,
		rule: 'each_option',
		options: [
			{ id: 'aaa', html: 'Một', feedback: '', credit: 100 },
			{ id: 'ccc', html: 'Hai', feedback: 'vì sao', credit: 0 },
			{ id: 'ddd', html: 'Ba', feedback: '', credit: 100 }
		]
	});
});

test('pairs that belong to the same thing share one match, and a match keeps its id when it is worded anew', () => {
	const pairs = { 'pairId[]': ['p01', 'p02', 'p03'], 'pairHtml[]': ['Luật A', 'Luật B', 'Luật C'], rule: 'each' };
	const first = readBody(
		'matching',
		form({ ...pairs, 'pairMatch[]': ['2012', '2025', '2025'], 'extraMatch[]': ['2018', ''] })
	);
	const { matches, pairs: rows } = first as BodyOf<'matching'>;
	expect(matches.map(({ text }) => text)).toEqual(['2012', '2025', '2018']);
	expect(rows[1]?.matchId).toBe(rows[2]?.matchId);
	const again = readBody('matching', form({ ...pairs, 'pairMatch[]': ['Năm 2012', '2025', '2025'] }), first);
	expect((again as BodyOf<'matching'>).pairs.map(({ matchId }) => matchId)).toEqual(rows.map(({ matchId }) => matchId));
});

test('gaps are written into the text and come back as they were written', () => {
	const text =
		'<p>Ngày {{#9}} tháng {{=11~12~10}} là {{2:Ngày Pháp luật|ngày pháp luật Việt Nam}} &amp; {{#0,75±0,05}}.</p>';
	const body = readCloze(text);
	expect(body.gaps.map(({ kind, weight }) => [kind, weight])).toEqual([
		['numeric', 1],
		['choice', 1],
		['short', 2],
		['numeric', 1]
	]);
	expect(body.gaps[3]).toMatchObject({ accepted: [{ value: 0.75, tolerance: 0.05 }] });
	expect(writeCloze(body)).toBe(text);
	expect(readCloze(text, body)).toEqual(body);
});

test('a question that cannot be read says at which field, and loses nothing', () => {
	const typed = {
		stem: 'Câu hỏi?',
		topic: '',
		difficulty: 'easy',
		'citationDocument[]': ['Luật'],
		'citationFrom[]': ['31/02/2026']
	};
	const read = readQuestionForm('short', form(typed));
	expect(read).toMatchObject({
		ok: false,
		issues: { topic: 'form.required', citations: 'form.date' },
		question: { stem: 'Câu hỏi?' }
	});
	expect(readQuestionForm('short', form({ ...typed, topic: 'Chung', 'citationFrom[]': ['05/03/2026'] }))).toMatchObject(
		{
			ok: true,
			question: { citations: [{ document: 'Luật', validFrom: '2026-03-05' }] }
		}
	);
});

const BODIES: AtomicBody[] = [
	{
		type: 'single',
		keepsOrder: false,
		options: [
			{ id: 'aaa', html: 'A', credit: 0, feedback: 'SECRET' },
			{ id: 'bbb', html: 'B', credit: 100, feedback: 'SECRET' }
		]
	},
	{ type: 'true_false', isTrue: true, feedbackTrue: 'SECRET', feedbackFalse: 'SECRET' },
	{
		type: 'matching',
		rule: 'each',
		pairs: [
			{ id: 'p01', html: 'P', matchId: 'm01' },
			{ id: 'p02', html: 'Q', matchId: 'm02' }
		],
		matches: [
			{ id: 'm01', text: 'M' },
			{ id: 'm02', text: 'N' }
		]
	},
	{
		type: 'short',
		accepted: [{ text: 'SECRET', credit: 100, feedback: 'SECRET' }],
		ignoresCase: true,
		ignoresAccents: true
	},
	{ type: 'numeric', unit: '%', accepted: [{ value: 424242, tolerance: 0, credit: 100, feedback: 'SECRET' }] },
	{ ...readCloze('{{SECRET}} {{=ab~cd}}') },
	{
		type: 'essay',
		rubric: [{ id: 'abc', title: 'Đúng', description: '', maxPoints: 1, levels: [] }],
		minWords: null,
		maxWords: null,
		notes: 'SECRET'
	},
	{ type: 'upload', rubric: [], accepts: ['image'], mostFiles: 1, notes: 'SECRET' }
];

test.each(BODIES.map((body) => [body.type, body] as const))('%s is delivered without its key', (_type, body) => {
	const sent = JSON.stringify(deliver(body, shuffledIds(body, true, Math.random)));
	expect(sent).not.toMatch(/SECRET|424242|credit|isTrue|matchId|accepted|feedback|tolerance|notes/);
});

test('an order is kept for as long as it is asked for, and options that refer to each other are never shuffled', () => {
	const [single] = BODIES;
	expect(deliver(single!, ['bbb', 'aaa'])).toEqual({
		type: 'single',
		options: [
			{ id: 'bbb', html: 'B' },
			{ id: 'aaa', html: 'A' }
		]
	});
	const kept = { ...single, keepsOrder: true } as AtomicBody;
	expect(shuffledIds(kept, true, () => 0)).toEqual(['aaa', 'bbb']);
	expect(shuffledIds(single!, true, () => 0)).toEqual(['bbb', 'aaa']);
	expect(shuffledIds(single!, false, () => 0)).toEqual(['aaa', 'bbb']);
});
