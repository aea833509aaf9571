import { describe, expect, test } from 'vitest';
import { plainText } from '#lib/assessment/plain-text.ts';
import { readQuestionText } from './read-file.ts';

const nothing = () => Promise.resolve(undefined);
const read = async (text: string) => (await readQuestionText(text, nothing)).found;

/** Stem, options with `*` before the right ones, doubts: a question on one line. */
const short = ({ question, doubts }: Awaited<ReturnType<typeof read>>[number]) => {
	const { body } = question;
	const options =
		body.type === 'single' || body.type === 'multiple'
			? body.options.map(({ html, credit }) => `${credit > 0 ? '*' : ''}${plainText(html)}`)
			: body.type === 'true_false'
				? [body.isTrue]
				: body.type === 'short'
					? body.accepted.map(({ text }) => text)
					: [];
	return [body.type, plainText(question.stem), options, ...(doubts.length > 0 ? [doubts] : [])];
};

describe('numbers and labels of any style', () => {
	test.each([
		['Câu 1: Hỏi gì?\nA. Một\nB. Hai\nĐáp án: B'],
		['Câu 1. Hỏi gì?\nA) Một\nB) Hai\nĐA: B'],
		['1. Hỏi gì?\na) Một\nb) Hai\nĐáp án đúng: b'],
		['1) Hỏi gì?\n(A) Một\n(B) Hai\nTrả lời: B. Hai'],
		['CÂU HỎI 1\nHỏi gì?\nA. Một B. Hai\nĐáp án B'.replace('Đáp án B', 'Đáp án: B')],
		['Câu 1 - Hỏi gì? A. Một\tB. Hai\nĐ/A: B'],
		['Câu 1: Hỏi gì?\nA. Một\n*B. Hai'],
		['Câu 1: Hỏi gì?\nA. Một\nB. *Hai'],
		['Câu 1: Hỏi gì?\nA. Một\nB. Hai\nĐÁP ÁN\n1B'],
		['Câu 1: Hỏi gì?\nA. Một\nB. Hai\n\nBẢNG ĐÁP ÁN:\nCâu 1: B']
	])('%j', async (text) => {
		expect((await read(text)).map(short)).toEqual([['single', 'Hỏi gì?', ['Một', '*Hai']]]);
	});
});

test('a key table at the end goes to its numbers, and a sign that contradicts it is a doubt', async () => {
	const text = ['Câu 1: Một?', 'A. a', 'B. b', 'Câu 2: Hai?', 'A. a', '*B. b', 'Câu 3: Ba?', 'A. a', 'B. b'];
	const found = await read([...text, 'Đáp án', '1A 2A', '3. B'].join('\n'));
	expect(found.map(short)).toEqual([
		['single', 'Một?', ['*a', 'b']],
		['single', 'Hai?', ['*a', 'b'], ['keys_disagree']],
		['single', 'Ba?', ['a', '*b']]
	]);
});

test('what stands below a question: explanation, legal basis, difficulty, lines that go on', async () => {
	const [one] = await read(
		[
			'Chủ đề: Báo cáo viên pháp luật',
			'Câu 7. Ai công nhận báo cáo viên',
			'pháp luật tỉnh?',
			'A. Chủ tịch UBND tỉnh',
			'hoặc người được ủy quyền',
			'B. Giám đốc Sở Tư pháp',
			'Đáp án: A',
			'Giải thích: Thẩm quyền của Chủ tịch',
			'UBND tỉnh.',
			'Căn cứ: khoản 2 Điều 35 Luật PBGDPL số 14/2012/QH13; Nghị định 121/2025/NĐ-CP',
			'Mức độ: Khó'
		].join('\n')
	);
	expect(one!.line).toBe(2);
	expect(one!.question).toMatchObject({
		stem: 'Ai công nhận báo cáo viên<br>pháp luật tỉnh?',
		explanation: 'Thẩm quyền của Chủ tịch<br>UBND tỉnh.',
		topic: 'Báo cáo viên pháp luật',
		difficulty: 'hard',
		citations: [
			{ document: '14/2012/QH13', article: 'khoản 2 Điều 35' },
			{ document: '121/2025/NĐ-CP', article: '' }
		]
	});
	expect(one!.question.body).toMatchObject({
		options: [{ html: 'Chủ tịch UBND tỉnh<br>hoặc người được ủy quyền', credit: 100 }, {}]
	});
});

test('several right, true or false, typed answers, essays; what is doubtful says so', async () => {
	const found = await read(
		[
			'Câu 1: Những việc nào phải làm?',
			...['A. Một', 'B. Hai', 'C. Cả A và B', 'Đáp án: A, C'],
			...['Câu 2: Đúng hay sai?', 'Đáp án: Sai'],
			...['Câu 3: Thủ đô là gì?', 'Đáp án: Hà Nội|Thành phố Hà Nội'],
			...['Câu 4: Trình bày quy trình.'],
			...['Câu 5: Chọn?', 'A. Đúng', 'B. Sai', 'Đáp án: A'],
			...['Câu 6: Thiếu đáp án?', 'A. a', 'C. c']
		].join('\n')
	);
	expect(found.map(short)).toEqual([
		['multiple', 'Những việc nào phải làm?', ['*Một', 'Hai', '*Cả A và B']],
		['true_false', 'Đúng hay sai?', [false]],
		['short', 'Thủ đô là gì?', ['Hà Nội', 'Thành phố Hà Nội']],
		['essay', 'Trình bày quy trình.', [], ['no_options']],
		['true_false', 'Chọn?', [true]],
		['single', 'Thiếu đáp án?', ['a', 'c'], ['labels_jump', 'no_key']]
	]);
	expect(found[0]!.question.body).toMatchObject({ keepsOrder: true });
});

test('a number within a question does not begin another, titles are no questions', async () => {
	const { found, unread } = await readQuestionText(
		'ĐỀ KIỂM TRA\nPHẦN I. TRẮC NGHIỆM\nCâu 1: Xếp các bước:\n1. Soạn\n2. Duyệt\nA. 1-2\nB. 2-1\nĐáp án: A\nCâu 2: Gì?\nA. x\nB. y\nĐáp án: B',
		nothing
	);
	expect(found.map(short)).toEqual([
		['single', 'Xếp các bước: 1. Soạn 2. Duyệt', ['*1-2', '2-1']],
		['single', 'Gì?', ['x', '*y']]
	]);
	expect(unread.map(({ line, code }) => [line, code])).toEqual([
		[1, 'loose_text'],
		[2, 'loose_text']
	]);
});
