import type { Doubt } from '#lib/assessment/found-question.ts';
import type { AtomicBody, Citation, Difficulty } from '#lib/assessment/question.ts';
import { matchKey, tidy } from '#lib/text/fold.ts';
import { readCitations } from './citation-text.ts';
import { answersOf, keysIn, type Keys } from './key-text.ts';
import { isMarked, linesOf, MARKS_BY_STRENGTH, part, type MarkedText, type Paragraph } from './marked-text.ts';
import { isOnlySigns, SIGN, signsOf, withoutSigns } from './picture-sign.ts';
import { aQuestion, choiceBody, startReading, toHtml, type Reading } from './reading.ts';
import { isTable, type Table } from './word-paragraphs.ts';

type Option = { letter: string; label: MarkedText; content: MarkedText; isStarred: boolean };
type Draft = {
	line: number;
	number: number | undefined;
	stem: string[];
	source: string[];
	options: Option[];
	answer: string;
	explanation: string[];
	citations: Citation[];
	difficulty: Difficulty;
	topic: string;
	doubts: Set<Doubt>;
	at: 'stem' | 'option' | 'explanation' | 'citation';
};

const NUMBERED = /^(?:câu(?:\s+hỏi)?|question|bài(?:\s+tập)?)\s*(?:số\s*)?(\d{1,3})\s*[.:)\]\-–]*\s*/iu;
const COUNTED = /^(\d{1,3})\s*[.)\]:\-–]\s+/;
const LABEL = /^(\*?)\s*\(?([A-Ha-h])\s*[.)\]:]\s*/;
/** Labels within a line; the words behind one may be a picture, or stand on the next line. */
const LABELS = new RegExp(
	`(?<=^|[\\s${SIGN}])(\\*?)\\s*\\(?([A-Ha-h])\\s*[.)\\]:](?=\\s|\\p{L}|\\p{N}|["“(${SIGN}]|(?<=^.{0,6})$)\\s*`,
	'gu'
);
const BULLET = /^[•●▪○o+-]\s+/;
const HEADING = /^(?:phần|chương|mục|chuyên đề)\s+(?:[IVX]+|\d+)\b|^[IVX]{1,4}\s*[.:]\s+\p{Lu}/iu;
const SAYS: readonly (readonly [RegExp, 'answer' | 'explanation' | 'citation' | 'difficulty' | 'topic'])[] = [
	[/^(?:đáp\s*án(?:\s+đúng)?|đ\s*[./]?\s*a|answer|key|trả\s+lời|chọn)\s*[:.\-–]\s*(?=\S)/iu, 'answer'],
	[/^(?:giải\s+thích|lời\s+giải|hướng\s+dẫn(?:\s+trả\s+lời)?)\s*[:.]\s*/iu, 'explanation'],
	[/^(?:căn\s+cứ(?:\s+pháp\s+lý)?|cơ\s+sở\s+pháp\s+lý|trích\s+dẫn|văn\s+bản)\s*[:.]\s*/iu, 'citation'],
	[/^(?:mức\s+độ|độ\s+khó)\s*[:.]\s*/iu, 'difficulty'],
	[/^(?:chủ\s+đề|chuyên\s+đề)\s*[:.]\s*/iu, 'topic']
];

/**
 * Questions as lecturers write them in Word, or paste them: numbered any way, options `A.` `a)` `(A)` on lines of their own
 * or side by side, the key said ("Đáp án: B"), in a table at the end, starred, highlighted, red, underlined or bold.
 */
export function readLecturerText(blocks: readonly (Paragraph | Table)[]): Reading {
	const reading = startReading();
	const keys: Keys = new Map();
	const isNamed = blocks.some((block) => !isTable(block) && linesOf(block).some(({ text }) => NUMBERED.test(text)));
	const drafts: Draft[] = [];
	let topic = '';
	let isKeyPart = false;
	const begin = (line: number, number: number | undefined): Draft => {
		const draft: Draft = {
			...{ line, number, stem: [], source: [], options: [], answer: '', explanation: [], citations: [] },
			...{ difficulty: 'medium' as const, topic, doubts: new Set<Doubt>(), at: 'stem' as const }
		};
		drafts.push(draft);
		return draft;
	};
	const readLine = (line: number, content: MarkedText): void => {
		const { text } = content;
		if (/^(?:bảng\s+)?(?:đáp\s*án|key)(?:\s+(?:các\s+câu|trắc\s+nghiệm|tham\s+khảo|phần\s+\S+))*\s*:?$/iu.test(text)) {
			isKeyPart = true;
			return;
		}
		const found = keysIn(text, isKeyPart ? 1 : 3);
		if (found) return void found.forEach((letters, number) => keys.set(number, letters));
		const current = drafts.at(-1);
		const said = sayingOf(text);
		if (said?.what === 'topic' && isClosed(current)) return void (topic = said.words);
		if (said && current && !isKeyPart) {
			current.source.push(text);
			return say(current, said.what, said.words);
		}
		const numbered = NUMBERED.exec(text);
		const counted = numbered ? null : COUNTED.exec(text);
		if (numbered || (counted && isNext(Number(counted[1]), current, isNamed))) {
			isKeyPart = false;
			const match = (numbered ?? counted)!;
			const draft = begin(line, Number(match[1]));
			draft.source.push(text);
			return readStem(draft, part(content, match[0].length));
		}
		if (isKeyPart) return reading.skip(line, text, 'loose_text');
		if (isClosed(current) && HEADING.test(text)) return reading.skip(line, text, 'loose_text');
		if (!current) return reading.skip(line, text, 'loose_text');
		current.source.push(text);
		if (current.at !== 'explanation' && current.at !== 'citation' && readOptions(current, content)) return;
		goOn(current, content);
	};
	for (const block of blocks) {
		if (!isTable(block)) for (const line of linesOf(block)) readLine(block.line, line);
		else if (!readKeyTable(block, keys)) {
			for (const cell of cellsOf(block)) for (const line of linesOf(cell)) readLine(cell.line, line);
		}
	}
	const numbers = new Map<number, number>();
	for (const { number } of drafts) if (number !== undefined) numbers.set(number, (numbers.get(number) ?? 0) + 1);
	for (const draft of drafts) {
		if (draft.number !== undefined && numbers.get(draft.number)! > 1) draft.doubts.add('number_twice');
		finish(draft, draft.number === undefined ? undefined : keys.get(draft.number), reading);
	}
	return reading.done();
}

/** A question that already has what makes one: what follows may be a heading. */
const isClosed = (draft: Draft | undefined) => !draft || draft.options.length > 1 || draft.answer !== '';

/**
 * A bare number begins a question when it counts on, or when the question before is whole. Where questions are named
 * ("Câu 1"), it may as well be a step within one.
 */
function isNext(number: number, current: Draft | undefined, isNamed: boolean): boolean {
	if (!current) return !isNamed;
	if (isNamed) return isClosed(current) && number === (current.number ?? 0) + 1;
	return (current.number !== undefined && number === current.number + 1) || (isClosed(current) && number === 1);
}

/** Cells in reading order; of pictures above their labels each comes behind its own. */
function cellsOf({ rows }: Table): Paragraph[] {
	const cells: Paragraph[] = [];
	for (let i = 0; i < rows.length; i++) {
		const [row = [], below = []] = [rows[i], rows[i + 1]];
		const isAbove =
			row.length === below.length &&
			row.every(({ content }) => isOnlySigns(content.text)) &&
			below.every((cell) => LABEL.test(linesOf(cell)[0]?.text ?? ''));
		if (!isAbove) cells.push(...row);
		else {
			cells.push(...below.flatMap((label, at) => [label, row[at]!]));
			i++;
		}
	}
	return cells;
}

function sayingOf(text: string) {
	for (const [pattern, what] of SAYS) {
		const match = pattern.exec(text);
		if (match) return { what, words: text.slice(match[0].length).trim() };
	}
	return undefined;
}

function say(draft: Draft, what: (typeof SAYS)[number][1], said: string): void {
	// A key or a basis shows no picture; who answered may see it beside them.
	const words = what === 'explanation' ? said : withoutSigns(said).trim();
	if (words !== said) draft.explanation.push(signsOf(said));
	if (what === 'answer') draft.answer = words;
	else if (what === 'topic') draft.topic = tidy(words).slice(0, 500);
	else if (what === 'difficulty') draft.difficulty = readDifficulty(words) ?? draft.difficulty;
	else if (what === 'citation') {
		draft.citations.push(...readCitations(words));
		draft.at = 'citation';
	} else {
		draft.explanation.push(words);
		draft.at = 'explanation';
	}
}

export function readDifficulty(words: string): Difficulty | undefined {
	const key = matchKey(words);
	if (/^(de|nhan biet|easy)/.test(key)) return 'easy';
	if (/^(trung binh|vua|thong hieu|medium)/.test(key)) return 'medium';
	return /^(kho|van dung|hard)/.test(key) ? 'hard' : undefined;
}

/** The words of a question, which options may follow on the same line. */
function readStem(draft: Draft, content: MarkedText): void {
	const first = splitAtLabels(content, 0)[0];
	const end = first && splitAtLabels(content, 0).length > 1 ? first.from : content.text.length;
	const stem = part(content, 0, end);
	if (stem.text) draft.stem.push(stem.text);
	if (end < content.text.length) readOptions(draft, part(content, end));
}

function readOptions(draft: Draft, content: MarkedText): boolean {
	const bullet = BULLET.exec(content.text);
	if (bullet && draft.options.every(({ letter }) => letter === '')) {
		const own = part(content, bullet[0].length);
		draft.options.push({ letter: '', label: part(content, 0, 1), ...starred(own) });
		draft.at = 'option';
		return true;
	}
	if (!LABEL.test(content.text)) return false;
	const labels = splitAtLabels(content, draft.options.length);
	if (labels.length === 0) return false;
	labels.forEach((label, i) => {
		const own = part(content, label.to, labels[i + 1]?.from ?? content.text.length);
		const { content: words, isStarred } = starred(own);
		if (label.letter !== letterAt(draft.options.length)) draft.doubts.add('labels_jump');
		draft.options.push({
			letter: label.letter,
			label: part(content, label.from, label.to),
			content: words,
			isStarred: isStarred || label.isStarred
		});
	});
	draft.at = 'option';
	return true;
}

const letterAt = (index: number) => String.fromCharCode(65 + index);

/** Labels of options on one line: the one it begins with, and those that count on from it. */
function splitAtLabels({ text }: MarkedText, given: number) {
	const labels: { letter: string; from: number; to: number; isStarred: boolean }[] = [];
	for (const match of text.matchAll(LABELS)) {
		const letter = match[2]!.toUpperCase();
		const expected = labels.length > 0 ? letterAt(letterIndex(labels.at(-1)!.letter) + 1) : undefined;
		const isFirst = labels.length === 0 && (match.index === 0 || letter === letterAt(given));
		if (!isFirst && letter !== expected) continue;
		labels.push({ letter, from: match.index, to: match.index + match[0].length, isStarred: match[1] === '*' });
	}
	return labels;
}

const letterIndex = (letter: string) => letter.charCodeAt(0) - 65;

/** `*` before or behind the words marks the right option. */
function starred(content: MarkedText): { content: MarkedText; isStarred: boolean } {
	const { text } = content;
	if (text.startsWith('*')) return { content: part(content, 1), isStarred: true };
	return text.endsWith('*')
		? { content: part(content, 0, text.length - 1), isStarred: true }
		: { content, isStarred: false };
}

/** A line without a sign of its own goes on with what was before it. */
function goOn(draft: Draft, content: MarkedText): void {
	const last = draft.options.at(-1);
	const isPicture = isOnlySigns(content.text);
	// Behind the key it may as well begin the next question.
	const isLate = isPicture && draft.answer !== '' && draft.at !== 'explanation';
	if (isLate) draft.doubts.add('picture_place');
	if (draft.at === 'explanation' || isLate || (isPicture && draft.at === 'citation'))
		draft.explanation.push(content.text);
	else if (draft.at === 'citation') draft.citations.push(...readCitations(withoutSigns(content.text)));
	else if (draft.at === 'option' && last)
		last.content = {
			text: `${last.content.text}\n${content.text}`,
			marks: [...last.content.marks, 0, ...content.marks]
		};
	else draft.stem.push(content.text);
}

/** A table of numbers and letters: rows of both, or a row of numbers above one of letters. */
function readKeyTable({ rows }: Table, keys: Keys): boolean {
	const cells = rows.map((row) => row.map(({ content }) => tidy(content.text)));
	const found: Keys = new Map();
	const isLetter = (text: string | undefined) => /^[A-H](?:\s*[,;]\s*[A-H])*$/i.test(text ?? '');
	const numberOf = (text: string | undefined) => /^(?:câu\s*)?(\d{1,3})\.?$/iu.exec(text ?? '')?.[1];
	for (const [i, row] of cells.entries()) {
		for (const [j, cell] of row.entries()) {
			const number = numberOf(cell);
			const letter = [row[j + 1], cells[i + 1]?.[j]].find(isLetter);
			if (number && letter) found.set(Number(number), answersOf(letter));
		}
	}
	const filled = cells.flat().filter((text) => isLetter(text) || numberOf(text)).length;
	if (found.size < 2 || filled < cells.flat().length * 0.6) return false;
	for (const [number, letters] of found) keys.set(number, letters);
	return true;
}

function finish(
	draft: Draft,
	fromTable: readonly string[] | undefined,
	reading: ReturnType<typeof startReading>
): void {
	const { line, stem, options, explanation, citations, difficulty, topic, doubts } = draft;
	const source = draft.source.join('\n');
	if (stem.length === 0) return reading.skip(line, source, 'no_question_text');
	const body = options.length > 1 ? closedBody(draft, fromTable) : openBody(draft, fromTable);
	const more = { explanation: toHtml(explanation.join('\n')), topic, difficulty, citations: citations.slice(0, 10) };
	reading.add(line, source, aQuestion(toHtml(stem.join('\n')), body, more), [...doubts]);
}

function closedBody(draft: Draft, fromTable: readonly string[] | undefined): AtomicBody {
	const { options, doubts } = draft;
	const right = rightOnes(draft, fromTable);
	if (isPictureAtEnd(options)) doubts.add('picture_place');
	if (right.size === 0) doubts.add('no_key');
	if (options.length === 2) {
		const words = options.map(({ content }) => matchKey(content.text));
		const [isTrueFirst, isFalseFirst] = [words.join() === 'dung,sai', words.join() === 'sai,dung'];
		if ((isTrueFirst || isFalseFirst) && right.size === 1)
			return { type: 'true_false', isTrue: right.has(0) === isTrueFirst, feedbackTrue: '', feedbackFalse: '' };
	}
	if (right.size > 1 && !/nhiều|các (?:phương án|đáp án|ý|nội dung)|những/iu.test(draft.stem.join(' ')))
		doubts.add('several_keys');
	const choices = options.map(({ content }, i) => ({ html: toHtml(content.text), credit: right.has(i) ? 100 : 0 }));
	return choiceBody(choices, right.size > 1);
}

/** A picture of its own line behind the last option alone may as well belong to the question, or to the next one. */
function isPictureAtEnd(options: readonly Option[]): boolean {
	const texts = options.map(({ content }) => content.text);
	const last = texts.pop() ?? '';
	return /\S\n/.test(last) && signsOf(last) !== '' && texts.every((text) => signsOf(text) === '');
}

/** Places of the right options, by the strongest sign there is; signs that contradict each other are a doubt. */
function rightOnes({ options, answer, doubts }: Draft, fromTable: readonly string[] | undefined): Set<number> {
	const byLetter = (letters: readonly string[]) =>
		letters.map((letter) => options.findIndex((_, i) => letterAt(i) === letter)).filter((i) => i >= 0);
	const words = matchKey(answer);
	const byWords = options.flatMap(({ content }, i) => (words && matchKey(content.text) === words ? [i] : []));
	const marked = (test: (option: Option) => boolean) => {
		const found = options.flatMap((option, i) => (test(option) ? [i] : []));
		return found.length < options.length ? found : []; // what all have tells nothing
	};
	const byMark = MARKS_BY_STRENGTH.map((bit) =>
		marked(({ label, content }) => isMarked(content, bit) || isMarked(label, bit))
	).find((found) => found.length > 0);
	const said = answer ? byLetter(answersOf(answer)) : [];
	const signs = [
		said.length > 0 ? said : byWords,
		byLetter(fromTable ?? []),
		marked((one) => one.isStarred),
		byMark ?? []
	];
	const given = signs.filter((found) => found.length > 0).map((found) => [...new Set(found)].toSorted((a, b) => a - b));
	if (given.some((found) => found.join() !== given[0]?.join())) doubts.add('keys_disagree');
	return new Set(given[0]);
}

/** A question without options: true or false, a short answer, or an essay. */
function openBody({ answer, doubts }: Draft, fromTable: readonly string[] | undefined): AtomicBody {
	const word = matchKey(answer);
	if (word === 'dung' || word === 'sai')
		return { type: 'true_false', isTrue: word === 'dung', feedbackTrue: '', feedbackFalse: '' };
	if (answer && answer.length <= 120 && !fromTable) {
		const accepted = answer.split('|').map((text) => ({ text: tidy(text), credit: 100, feedback: '' }));
		return { type: 'short', accepted, ignoresCase: true, ignoresAccents: false };
	}
	doubts.add('no_options');
	return { type: 'essay', rubric: [], minWords: null, maxWords: null, notes: toHtml(answer) };
}
