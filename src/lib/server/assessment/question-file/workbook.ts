import type { Doubt } from '#lib/assessment/found-question.ts';
import type { AtomicBody } from '#lib/assessment/question.ts';
import { matchKey, tidy } from '#lib/text/fold.ts';
import type { Sheet as SheetFile } from '../../platform/office/sheet-files.ts';
import type { Sheet } from '../../organisation/roster-file/workbook.ts';
import { DomainError } from '../../platform/errors.ts';
import { answersOf } from './key-text.ts';
import { readDifficulty } from './lecturer-text.ts';
import { aQuestion, choiceBody, startReading, toHtml, type Reading } from './reading.ts';

/** Columns of the template, as they are headed; letters are options. */
const TEMPLATE_HEADINGS = [
	'Câu hỏi',
	...['A', 'B', 'C', 'D', 'E', 'F'],
	'Đáp án',
	'Giải thích',
	'Chủ đề',
	'Mức độ',
	'Văn bản',
	'Điều, khoản'
] as const;

const COLUMNS: readonly (readonly [RegExp, string])[] = [
	[/^(cau hoi|noi dung cau hoi|noi dung|question)$/, 'stem'],
	[/^(?:phuong an|dap an|lua chon|option)?\s*([a-h])$/, 'option'],
	[/^(dap an|dap an dung|key|answer)$/, 'key'],
	[/^(giai thich|explanation)$/, 'explanation'],
	[/^(chu de|chuyen de|topic)$/, 'topic'],
	[/^(muc do|do kho|difficulty)$/, 'difficulty'],
	[/^(van ban|can cu|can cu phap ly)$/, 'document'],
	[/^(dieu khoan|dieu)$/, 'article']
];

/** Rows of a table of questions; what a column holds is told by its heading. Row numbers are those of Excel. */
export function readQuestionSheet({ rows }: Sheet): Reading {
	const reading = startReading();
	const head = rows.findIndex(
		({ cells }) => cells.map(columnOf).includes('stem') && cells.map(columnOf).includes('key')
	);
	if (head < 0) throw new DomainError('invalid', 'assessment.sheet_without_headings');
	const columns = Array.from(rows[head]!.cells, columnOf);
	for (const { row, cells } of rows.slice(head + 1)) {
		const texts = columns.map((_, i) => tidy(String(cells[i] ?? '')));
		const of = (name: string) => texts[columns.indexOf(name)] ?? '';
		const options = columns.flatMap((name, i) => (name === 'option' && texts[i] ? [texts[i]] : []));
		const source = texts.filter(Boolean).join(' | ');
		if (!source) continue;
		if (!of('stem')) {
			reading.skip(row, source, 'no_question_text');
			continue;
		}
		const doubts: Doubt[] = [];
		const body = bodyOf(options, of('key'), doubts);
		const citations = of('document')
			? [{ document: of('document'), article: of('article').slice(0, 200), validFrom: null, validTo: null }]
			: [];
		const difficulty = readDifficulty(of('difficulty')) ?? 'medium';
		const more = { explanation: toHtml(of('explanation')), topic: of('topic').slice(0, 500), difficulty, citations };
		reading.add(row, source, aQuestion(toHtml(of('stem')), body, more), doubts);
	}
	return reading.done();
}

function columnOf(cell: unknown): string | undefined {
	const key = typeof cell === 'string' ? matchKey(cell) : '';
	return COLUMNS.find(([pattern]) => pattern.test(key))?.[1];
}

function bodyOf(options: readonly string[], key: string, doubts: Doubt[]): AtomicBody {
	const word = matchKey(key);
	if (options.length < 2) {
		if (['dung', 'sai', 'd', 's'].includes(word))
			return { type: 'true_false', isTrue: word.startsWith('d'), feedbackTrue: '', feedbackFalse: '' };
		if (key) {
			const accepted = key.split('|').map((text) => ({ text: tidy(text).slice(0, 500), credit: 100, feedback: '' }));
			return { type: 'short', accepted, ignoresCase: true, ignoresAccents: false };
		}
		doubts.push('no_options');
		return { type: 'essay', rubric: [], minWords: null, maxWords: null, notes: '' };
	}
	const letters = answersOf(key);
	const isRight = (text: string, i: number) =>
		letters.includes(String.fromCharCode(65 + i)) || (letters.length === 0 && matchKey(text) === word);
	const choices = options.map((text, i) => ({ html: toHtml(text), credit: isRight(text, i) ? 100 : 0 }));
	const right = choices.filter(({ credit }) => credit === 100).length;
	if (right === 0) doubts.push('no_key');
	return choiceBody(choices, right > 1);
}

/** The workbook that lecturers fill in, with a line that shows how. */
export function templateSheet(notes: readonly string[]): SheetFile {
	const example = [
		'Cơ quan nào công nhận báo cáo viên pháp luật tỉnh?',
		...['Chủ tịch UBND tỉnh', 'Giám đốc Sở Tư pháp', 'Chủ tịch UBND cấp xã', '', '', ''],
		...['A', 'Thẩm quyền công nhận theo Luật PBGDPL.', 'Báo cáo viên, tuyên truyền viên pháp luật', 'Dễ'],
		...['14/2012/QH13', 'Điều 35']
	];
	return { title: 'Câu hỏi', headings: [...TEMPLATE_HEADINGS], rows: [example], notes };
}
