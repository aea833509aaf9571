import type { Doubt, FoundQuestion, Unread, UnreadCode } from '#lib/assessment/found-question.ts';
import type { AtomicBody, BodyOf, Question } from '#lib/assessment/question.ts';
import { newPartId } from '#lib/assessment/part-id.ts';

/** What a reader made of a file, in the file's order. Lines are 1-based; of a workbook they are rows. */
export type Reading = Readonly<{ found: readonly FoundQuestion[]; unread: readonly Unread[] }>;

/** Characters of the source that the preview keeps. */
const SOURCE_LENGTH = 1200;

/** Collects what a reader finds. */
export function startReading() {
	const found: FoundQuestion[] = [];
	const unread: Unread[] = [];
	return {
		add: (line: number, source: string, question: Question, doubts: readonly Doubt[] = []) =>
			void found.push({ line, source: source.trim().slice(0, SOURCE_LENGTH), question, doubts }),
		skip: (line: number, source: string, code: UnreadCode, what?: string) =>
			void unread.push({ line, source: source.trim().slice(0, 300), code, ...(what !== undefined && { what }) }),
		done: (): Reading => ({ found, unread })
	};
}

/** A question with what files rarely say left as the editor begins. */
export function aQuestion(
	stem: string,
	body: AtomicBody,
	more: Partial<Pick<Question, 'explanation' | 'topic' | 'difficulty' | 'citations'>> = {}
): Question {
	return { stem, body, explanation: '', difficulty: 'medium', topic: '', citations: [], ...more };
}

/** Plain words as HTML, line breaks kept. */
export function toHtml(text: string): string {
	return escapeHtml(text.trim()).replace(/\r?\n/g, '<br>');
}

function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export type Choice = Readonly<{ html: string; credit: number; feedback?: string }>;

/** Options that refer to each other by place must keep it: "Cả A và B", "Tất cả các phương án trên". */
const REFERS =
	/^\s*(?:cả\s+[a-h]\b|cả\s+(?:hai|ba|bốn|2|3|4)\b|tất cả|các\s+(?:phương án|đáp án|ý)\s+trên|all of|none of)/iu;

/** One choice where one option is worth all, several where more are; weights where parts are worth something. */
export function choiceBody(choices: readonly Choice[], isMultiple?: boolean): BodyOf<'single'> | BodyOf<'multiple'> {
	const options = choices.map(({ html, credit, feedback = '' }) => ({ id: newPartId(), html, credit, feedback }));
	const right = options.filter(({ credit }) => credit > 0);
	const keepsOrder = options.some(({ html }) => REFERS.test(html.replace(/<[^>]*>/g, '')));
	if (!(isMultiple ?? (right.length > 1 && right.filter(({ credit }) => credit === 100).length !== 1)))
		return { type: 'single', options, keepsOrder };
	const isEven = right.every(({ credit }) => credit === right[0]?.credit) && options.every(({ credit }) => credit >= 0);
	const even = options.map((option) => ({ ...option, credit: option.credit > 0 ? 100 : 0 }));
	return {
		type: 'multiple',
		options: isEven ? even : options,
		keepsOrder,
		rule: isEven ? 'all_or_nothing' : 'weights'
	};
}
