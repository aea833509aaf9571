import { expect, test } from 'vitest';
import * as v from 'valibot';
import { checkQuestion } from './check-question.ts';
import { newPartId } from './part-id.ts';
import { duplicateKey, isBlank, plainText, questionText } from './plain-text.ts';
import { Question, type QuestionBody } from './question.ts';

const options = (...credits: number[]) =>
	credits.map((credit, i) => ({ id: `opt${i}`, html: `<p>Phương án ${i}</p>`, credit, feedback: '' }));
const single = (...credits: number[]): QuestionBody => ({
	type: 'single',
	keepsOrder: false,
	options: options(...credits)
});
const codes = (body: QuestionBody, stem = '<p>Câu hỏi</p>') => checkQuestion({ stem, body }).map(({ code }) => code);

test('a question as an importer makes it passes the schema', () => {
	const question = {
		stem: '<p>Ngày Pháp luật Việt Nam là ngày nào?</p>',
		body: single(0, 0, 100, 0),
		explanation: '<p>Điều 8 Luật PBGDPL.</p>',
		difficulty: 'easy',
		topic: 'Pháp luật về PBGDPL',
		citations: [{ document: '14/2012/QH13', article: 'Điều 8', validFrom: '2013-01-01', validTo: null }]
	};
	expect(v.parse(Question, question)).toEqual(question);
	expect(v.safeParse(Question, { ...question, body: { type: 'essay' } }).success).toBe(false);
});

test('what is missing is told in reading order', () => {
	expect(codes(single(0, 100))).toEqual([]);
	expect(codes(single(0, 0), '<p> </p>')).toEqual(['no_stem', 'no_key']);
	expect(codes(single(100, 100))).toEqual(['several_keys']);
	expect(codes(single(100))).toEqual(['few_options']);
	expect(
		codes({
			type: 'single',
			keepsOrder: false,
			options: options(100, 0).map((each) => ({ ...each, html: 'như nhau' }))
		})
	).toEqual(['same_options']);
	expect(codes({ type: 'ordering', rule: 'place', items: [{ id: 'one', html: 'x' }] })).toEqual(['few_items']);
	expect(codes({ type: 'cloze', text: 'Ngày [[gap1]] [[gap1]] [[gap2]]', gaps: [] }, '')).toEqual([
		'no_gaps',
		'same_ids',
		'gap_missing'
	]);
	expect(codes({ type: 'scenario', parts: [] })).toEqual(['no_parts']);
	const part = { id: 'abc', stem: '', body: single(0, 0), explanation: '', weight: 1 };
	expect(checkQuestion({ stem: 'x', body: { type: 'scenario', parts: [part as never] } })).toEqual([
		{ code: 'no_stem', part: 1 },
		{ code: 'no_key', part: 1 }
	]);
});

test('rich text is read as words', () => {
	expect(plainText('<p>Điều 35<br>&amp; 36</p><ul><li>a&nbsp;b</li><li>&#x110;</li></ul>')).toBe('Điều 35 & 36 a b Đ');
	expect(isBlank('<p>&nbsp;</p>')).toBe(true);
	expect(isBlank('<p><img src="media:1" alt=""></p>')).toBe(false);
	expect(questionText({ stem: '<p>Câu</p>', body: single(100, 0), explanation: '' })).toBe(
		'Câu Phương án 0 Phương án 1'
	);
});

test('the same question is recognised whatever its marks, order and key', () => {
	const one = { stem: '<p>Ngày Pháp luật là ngày nào?</p>', body: single(0, 100) };
	const other = {
		stem: 'NGÀY PHÁP LUẬT là  ngày nào',
		body: { type: 'single', keepsOrder: true, options: options(100, 0).toReversed() } satisfies QuestionBody
	};
	expect(duplicateKey(one)).toBe(duplicateKey(other));
	expect(duplicateKey(one)).not.toBe(duplicateKey({ ...one, stem: 'Ngày Pháp luật là ngày nào năm nay?' }));
});

test('part ids are short, allowed and hardly ever the same', () => {
	const ids = Array.from({ length: 500 }, newPartId);
	expect(new Set(ids).size).toBe(500);
	expect(ids.every((id) => /^[a-z0-9]{6}$/.test(id))).toBe(true);
});
