import type { AtomicBody } from '#lib/assessment/question.ts';
import { newPartId } from '#lib/assessment/part-id.ts';
import { aQuestion, choiceBody, startReading, toHtml, type Choice, type Reading } from './reading.ts';

type Block = { line: number; text: string };

/**
 * Reads GIFT, Moodle's text format (docs.moodle.org, "GIFT format"): multiple choice, true/false, short answer, matching,
 * numerical, missing word, essay, and the `>` form of the ordering type. A category becomes the topic.
 */
export function readGift(text: string): Reading {
	const reading = startReading();
	let topic = '';
	for (const { line, text: block } of blocksOf(text)) {
		const category = /^\$CATEGORY:\s*(.*)$/i.exec(block.trim());
		if (category) topic = lastOf(category[1] ?? '');
		else readBlock(block, line, topic, reading);
	}
	return reading.done();
}

/** `$course$/top/Pháp luật/Đất đai` → `Đất đai`. */
export function lastOf(category: string): string {
	const parts = category.split('/').map((part) => part.trim());
	return parts.findLast((part) => part && !/^\$\w+\$$/.test(part) && part !== 'top')?.slice(0, 500) ?? '';
}

/** Questions stand apart by blank lines, but for those within braces; comment lines are left out. */
function blocksOf(text: string): Block[] {
	const blocks: Block[] = [];
	let open: Block | undefined;
	let depth = 0;
	for (const [i, raw] of text.split(/\r?\n|\r/).entries()) {
		if (/^\s*\/\//.test(raw)) continue;
		if (raw.trim() === '' && depth === 0) {
			open = undefined;
			continue;
		}
		if (/^\s*\$CATEGORY:/i.test(raw)) {
			blocks.push({ line: i + 1, text: raw });
			open = undefined;
			continue;
		}
		if (!open) blocks.push((open = { line: i + 1, text: '' }));
		open.text += `${open.text ? '\n' : ''}${raw}`;
		for (const [sign] of raw.matchAll(/(?<!\\)[{}]/g)) depth = Math.max(0, depth + (sign === '{' ? 1 : -1));
	}
	return blocks;
}

const FORMAT = /^\s*\[(html|moodle|plain|markdown)\]/i;

function readBlock(block: string, line: number, topic: string, reading: ReturnType<typeof startReading>): void {
	const untitled = block.replace(/^\s*::(?:\\.|[^:\\]|:(?!:))*::/, '');
	const isHtml = FORMAT.exec(untitled)?.[1]?.toLowerCase() === 'html';
	const words = untitled.replace(FORMAT, '');
	const braces = /(?<!\\)\{([\s\S]*?)(?<!\\)\}/.exec(words);
	if (!braces) return reading.skip(line, block, /(?<!\\)[{}]/.test(words) ? 'broken' : 'description');
	const rich = (text: string) => {
		const own = FORMAT.exec(text)?.[1]?.toLowerCase();
		const words = plain(text.replace(FORMAT, ''));
		return (own ? own === 'html' : isHtml) ? words : toHtml(words);
	};
	const before = words.slice(0, braces.index);
	const after = words.slice(braces.index + braces[0].length).trim();
	const stem = rich(after ? `${before.trimEnd()} _____ ${after}` : before).trim();
	if (!stem) return reading.skip(line, block, 'no_question_text');
	const [answers, explanation] = splitAt(braces[1] ?? '', '####');
	const body = readAnswers(answers.trim(), rich, after !== '');
	if (!body) return reading.skip(line, block, 'no_answers');
	const question = aQuestion(stem, body, { topic, explanation: rich(explanation) });
	reading.add(line, block, question, hasKey(body) ? [] : ['no_key']);
}

function hasKey(body: AtomicBody): boolean {
	if (body.type === 'single') return body.options.some(({ credit }) => credit === 100);
	return body.type !== 'multiple' || body.options.some(({ credit }) => credit > 0);
}

function readAnswers(answers: string, rich: (text: string) => string, isMissingWord: boolean): AtomicBody | undefined {
	if (answers === '') return { type: 'essay', rubric: [], minWords: null, maxWords: null, notes: '' };
	const truth = /^(T|TRUE|F|FALSE)(?:\s*#|\s*$)/i.exec(answers);
	if (truth) return readTrueFalse(answers, truth[1] ?? '', rich);
	if (answers.startsWith('#')) return readNumbers(answers.slice(1));
	if (answers.startsWith('>')) return readOrder(answers, rich);
	const entries = entriesOf(answers);
	if (entries.length === 0) return undefined;
	if (entries.every(({ sign, text }) => sign === '=' && /(?<!\\)->/.test(text))) return readMatching(entries, rich);
	if (!isMissingWord && entries.every(({ sign }) => sign === '=')) return readShort(entries);
	const choices = entries.map(({ sign, text, credit, feedback }): Choice => {
		const worth = credit ?? (sign === '=' ? 100 : 0);
		return { html: rich(text), credit: worth, feedback: rich(feedback) };
	});
	return choiceBody(choices);
}

function readTrueFalse(answers: string, word: string, rich: (text: string) => string): AtomicBody {
	const isTrue = word.toUpperCase().startsWith('T');
	const [, wrong = '', right = ''] = answers.split(/(?<!\\)#/);
	const [feedbackTrue, feedbackFalse] = isTrue ? [right, wrong] : [wrong, right];
	return { type: 'true_false', isTrue, feedbackTrue: rich(feedbackTrue), feedbackFalse: rich(feedbackFalse) };
}

function readNumbers(answers: string): AtomicBody | undefined {
	const entries = /^\s*=/.test(answers) ? entriesOf(answers) : [{ text: answers, credit: 100, feedback: '' }];
	const accepted = entries.flatMap(({ text, credit, feedback }) => {
		const number = numberOf(splitAt(text, '#')[0]);
		return number ? [{ ...number, credit: credit ?? 100, feedback: toHtml(plain(feedback)) }] : [];
	});
	return accepted.length > 0 ? { type: 'numeric', accepted, unit: '' } : undefined;
}

/** `3.14:0.01`, `1..5`, `42`. */
function numberOf(text: string): { value: number; tolerance: number } | undefined {
	const range = /^\s*(-?[\d.]+?)\.\.(-?[\d.]+)\s*$/.exec(text);
	if (range) {
		const [least, most] = [Number(range[1]), Number(range[2])];
		return Number.isFinite(least + most)
			? { value: (least + most) / 2, tolerance: Math.abs(most - least) / 2 }
			: undefined;
	}
	const [value, tolerance = '0'] = text.trim().split(':');
	const numbers = { value: Number(value?.replace(',', '.')), tolerance: Math.abs(Number(tolerance)) };
	return value !== '' && Number.isFinite(numbers.value + numbers.tolerance) ? numbers : undefined;
}

/** `>4 CONTIGUOUS VERT ABSOLUTE TRUE ABCD`, then a line for each thing in its right place. */
function readOrder(answers: string, rich: (text: string) => string): AtomicBody | undefined {
	const [, ...items] = answers.split('\n').map((line) => line.trim());
	const kept = items.filter(Boolean).map((text) => ({ id: newPartId(), html: rich(text) }));
	return kept.length > 1 ? { type: 'ordering', items: kept, rule: 'place' } : undefined;
}

type Entry = { sign: string; text: string; credit?: number; feedback: string };

function entriesOf(answers: string): Entry[] {
	return [...answers.matchAll(/(?<!\\)([=~])((?:\\.|[^=~\\])*)/g)].flatMap(([, sign = '', rest = '']) => {
		const [, weight, words = ''] = /^\s*(?:%(-?[\d.]+)%)?([\s\S]*)$/.exec(rest) ?? [];
		const [text, feedback] = splitAt(words, '#');
		if (text.trim() === '') return [];
		return [{ sign, text: text.trim(), feedback, ...(weight !== undefined && { credit: Number(weight) }) }];
	});
}

function readMatching(entries: readonly Entry[], rich: (text: string) => string): AtomicBody {
	const matches = new Map<string, { id: string; text: string }>();
	const pairs = entries.flatMap(({ text }) => {
		const [left, right] = splitAt(text, '->');
		const word = plain(right)
			.replace(/<[^>]*>/g, '')
			.trim()
			.slice(0, 500);
		if (!word) return [];
		const match = matches.get(word) ?? { id: newPartId(), text: word };
		matches.set(word, match);
		// A pair without a left side only adds a choice that misleads.
		return plain(left).trim() ? [{ id: newPartId(), html: rich(left), matchId: match.id }] : [];
	});
	return { type: 'matching', pairs, matches: [...matches.values()], rule: 'each' };
}

function readShort(entries: readonly Entry[]): AtomicBody {
	const accepted = entries.map(({ text, credit, feedback }) => ({
		text: plain(text).slice(0, 500),
		credit: Math.max(0, credit ?? 100),
		feedback: toHtml(plain(feedback))
	}));
	return { type: 'short', accepted, ignoresCase: true, ignoresAccents: false };
}

/** At the first unescaped separator; the second part is empty where there is none. */
function splitAt(text: string, separator: string): [string, string] {
	for (let i = text.indexOf(separator); i >= 0; i = text.indexOf(separator, i + 1)) {
		if (text[i - 1] !== '\\') return [text.slice(0, i), text.slice(i + separator.length)];
	}
	return [text, ''];
}

/** Escapes taken away: `\:` `\~` `\=` `\#` `\{` `\}` stand for themselves, `\n` for a line break. */
function plain(text: string): string {
	return text
		.replace(/\\n/g, '\n')
		.replace(/\\([~=#{}:\\])/g, '$1')
		.trim();
}
