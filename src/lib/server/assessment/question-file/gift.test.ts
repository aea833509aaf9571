import { expect, test } from 'vitest';
import { readAiken } from './aiken.ts';
import { readGift } from './gift.ts';

const bodies = (text: string) => readGift(text).found.map(({ question }) => question.body);

test('the kinds of GIFT', () => {
	const found = readGift(
		[
			'// a comment',
			'$CATEGORY: $course$/top/Pháp luật/Đất đai',
			'',
			'::T1:: Ai \\{là\\} ai? {~A#không =B#đúng ~%50%C} ',
			'',
			'Trái đất tròn.{TRUE#sai rồi#đúng rồi}',
			'',
			'Số {#3.14:0.01}',
			'',
			'Khoảng {#1..5}',
			'',
			'Ghép {',
			'=<b>a</b> -> 1',
			'=c -> 2',
			'= -> 3',
			'}',
			'',
			'Gõ {=một =%50%mot}',
			'',
			'Viết {}',
			'',
			'Thủ đô là {~Huế =Hà Nội} của nước ta.',
			'',
			'Chỉ là chữ'
		].join('\n')
	);
	expect(found.found.map(({ line, question }) => [line, question.body.type, question.topic])).toEqual([
		[4, 'single', 'Đất đai'],
		[6, 'true_false', 'Đất đai'],
		[8, 'numeric', 'Đất đai'],
		[10, 'numeric', 'Đất đai'],
		[12, 'matching', 'Đất đai'],
		[18, 'short', 'Đất đai'],
		[20, 'essay', 'Đất đai'],
		[22, 'single', 'Đất đai']
	]);
	const [choice, truth, pi, range, pairs, typed, , word] = found.found.map(({ question }) => question);
	expect(choice).toMatchObject({
		stem: 'Ai {là} ai?',
		body: { options: [{ credit: 0 }, { credit: 100 }, { credit: 50 }] }
	});
	expect(truth!.body).toMatchObject({ isTrue: true, feedbackFalse: 'sai rồi', feedbackTrue: 'đúng rồi' });
	expect(pi!.body).toMatchObject({ accepted: [{ value: 3.14, tolerance: 0.01 }] });
	expect(range!.body).toMatchObject({ accepted: [{ value: 3, tolerance: 2 }] });
	expect(pairs!.body).toMatchObject({ pairs: [{}, {}], matches: [{ text: '1' }, { text: '2' }, { text: '3' }] });
	expect(typed!.body).toMatchObject({ accepted: [{ credit: 100 }, { text: 'mot', credit: 50 }] });
	expect(word!.stem).toBe('Thủ đô là _____ của nước ta.');
	expect(found.unread).toMatchObject([{ line: 24, code: 'description' }]);
});

test('escapes, formats and line breaks', () => {
	expect(bodies('[html]<p>x</p>{=a\\=b ~c\\~d ~[html]<em>e</em>}')[0]).toMatchObject({
		options: [{ html: 'a=b' }, { html: 'c~d' }, { html: '<em>e</em>' }]
	});
	expect(readGift('Hỏi \\n gì {T}').found[0]!.question.stem).toBe('Hỏi <br> gì');
	expect(readGift('Hở { =a').unread).toMatchObject([{ code: 'broken' }]);
});

test('Aiken, and where it is broken', () => {
	const { found, unread } = readAiken('Hỏi?\nA. một\nB) hai\nANSWER: B\n\nHở?\nA. x\n\nNữa?\nA. 1\nB. 2\nanswer: a');
	expect(found.map(({ line, question }) => [line, question.stem])).toEqual([
		[1, 'Hỏi?'],
		[9, 'Nữa?']
	]);
	expect(unread).toMatchObject([{ line: 6, code: 'broken' }]);
});
