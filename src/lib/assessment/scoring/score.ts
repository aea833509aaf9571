import { readAnswer } from '../answer.ts';
import type { AtomicBody } from '../question.ts';
import { scoreMultiple, scoreSingle, scoreTrueFalse } from './choice.ts';
import { scoreCloze } from './cloze.ts';
import { scoreMatching } from './matching.ts';
import { scoreNumeric } from './numeric.ts';
import { scoreOrdering } from './ordering.ts';
import { scoreShort } from './short.ts';

/**
 * Judges an answer of unknown origin.
 * @returns the share of the marks from 0 to 1; null where a person has to mark and something was handed in. No answer, and
 * what is none, is 0.
 */
export function scoreAnswer(body: AtomicBody, given: unknown): number | null {
	if (given === null || given === undefined) return 0;
	switch (body.type) {
		case 'single':
			return judge(readAnswer(body, given), (answer) => scoreSingle(body, answer));
		case 'multiple':
			return judge(readAnswer(body, given), (answer) => scoreMultiple(body, answer));
		case 'true_false':
			return judge(readAnswer(body, given), (answer) => scoreTrueFalse(body, answer));
		case 'matching':
			return judge(readAnswer(body, given), (answer) => scoreMatching(body, answer));
		case 'ordering':
			return judge(readAnswer(body, given), (answer) => scoreOrdering(body, answer));
		case 'short':
			return judge(readAnswer(body, given), (answer) => scoreShort(body, answer));
		case 'numeric':
			return judge(readAnswer(body, given), (answer) => scoreNumeric(body, answer));
		case 'cloze':
			return judge(readAnswer(body, given), (answer) => scoreCloze(body, answer));
		case 'essay':
			return judge(readAnswer(body, given), (answer) => (answer.trim() === '' ? 0 : null));
		case 'upload':
			return judge(readAnswer(body, given), ({ files, note }) => (files.length === 0 && note.trim() === '' ? 0 : null));
	}
}

function judge<A>(answer: A | undefined, score: (answer: A) => number | null): number | null {
	return answer === undefined ? 0 : score(answer);
}
