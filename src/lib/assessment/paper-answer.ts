import { matchKey, tidy } from '../text/fold.ts';
import { readAnswer, type Answer, type AnswerOf } from './answer.ts';
import { letterOf } from './paper-letters.ts';
import type { AtomicBody, BodyOf } from './question.ts';
import { readNumber } from './scoring/numeric.ts';

/**
 * What stands on an answer sheet as an answer to the question: letters through the order of the variant's options.
 * @param order of options, matches or items as this variant shows them
 * @returns null where nothing was written; undefined where it cannot be read
 */
export function answerFromPaper(
	body: AtomicBody,
	order: readonly string[],
	written: string
): Answer | null | undefined {
	const text = tidy(written);
	if (text === '') return null;
	const answer = read(body, order, text);
	return answer === undefined ? undefined : readAnswer(body, answer);
}

function read(body: AtomicBody, order: readonly string[], text: string): Answer | undefined {
	switch (body.type) {
		case 'single':
			return /^[a-z]$/i.test(text) ? idAt(order, text) : undefined;
		case 'multiple':
		case 'ordering': {
			const letters = text.replace(/[\s,;.-]/g, '');
			const ids = [...letters].map((letter) => idAt(order, letter));
			return ids.every((id) => id !== undefined) ? ids : undefined;
		}
		case 'true_false':
			return TRUE_FALSE[matchKey(text)];
		case 'matching':
			return readPairs(body, order, text);
		case 'numeric':
			return readNumber(text) === undefined ? undefined : text;
		case 'cloze':
			return readGaps(body, text);
		case 'short':
		case 'essay':
			return text;
		case 'upload':
			return undefined;
	}
}

const TRUE_FALSE: Readonly<Record<string, boolean>> = { a: true, d: true, dung: true, b: false, s: false, sai: false };

function idAt(order: readonly string[], letter: string): string | undefined {
	return order.find((_, i) => letterOf(i) === letter.toUpperCase());
}

/** `1-C, 2-A`; the same number twice is no answer. */
function readPairs({ pairs }: BodyOf<'matching'>, order: readonly string[], text: string) {
	const answer: Record<string, string> = {};
	for (const piece of text.split(/[,;]/)) {
		const [, number, letter = ''] = /^\s*(\d+)\s*[-–:.]?\s*([a-z])\s*$/i.exec(piece) ?? [];
		const pair = pairs[Number(number) - 1];
		const match = idAt(order, letter);
		if (!pair || !match || pair.id in answer) return undefined;
		answer[pair.id] = match;
	}
	return answer;
}

/** `(1) mười ngày; (2) Quốc hội`, with or without the numbers; between two semicolons nothing may stand. */
function readGaps({ gaps }: BodyOf<'cloze'>, text: string): AnswerOf['cloze'] | undefined {
	const pieces = text.split(';').map((piece) => piece.replace(/^\s*\(\d+\)/, '').trim());
	if (pieces.length > gaps.length) return undefined;
	const answer: Record<string, string> = {};
	for (const [i, piece] of pieces.entries()) {
		const gap = gaps[i];
		if (!gap || piece === '') continue;
		const chosen =
			gap.kind === 'choice' ? gap.options.find((option) => matchKey(option.text) === matchKey(piece))?.id : piece;
		if (chosen === undefined) return undefined;
		answer[gap.id] = chosen;
	}
	return answer;
}
