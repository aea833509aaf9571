import { aQuestion, choiceBody, startReading, toHtml, type Reading } from './reading.ts';

const OPTION = /^\s*([A-Z])[.)]\s+(.*)$/;
const ANSWER = /^\s*ANSWER:\s*([A-Z])\s*$/i;

/** Reads Aiken (docs.moodle.org, "Aiken format"): a line of question, options `A.` to `Z.`, then `ANSWER: B`. */
export function readAiken(text: string): Reading {
	const reading = startReading();
	let begin = 0;
	let stem: string[] = [];
	let options: { label: string; text: string }[] = [];
	const lines = text.split(/\r?\n|\r/);
	const source = (end: number) => lines.slice(begin, end).join('\n');
	const reset = () => {
		stem = [];
		options = [];
	};
	for (const [i, line] of lines.entries()) {
		if (line.trim() === '') continue;
		const option = OPTION.exec(line);
		const answer = ANSWER.exec(line)?.[1]?.toUpperCase();
		if (answer) {
			const choices = options.map((each) => ({ html: toHtml(each.text), credit: each.label === answer ? 100 : 0 }));
			if (stem.length === 0) reading.skip(begin + 1, source(i + 1), 'no_question_text');
			else if (choices.length < 2) reading.skip(begin + 1, source(i + 1), 'no_answers');
			else {
				const isKnown = choices.some(({ credit }) => credit === 100);
				const question = aQuestion(toHtml(stem.join('\n')), choiceBody(choices, false));
				reading.add(begin + 1, source(i + 1), question, isKnown ? [] : ['no_key']);
			}
			reset();
		} else if (option && stem.length > 0) options.push({ label: option[1] ?? '', text: option[2] ?? '' });
		else {
			if (options.length > 0) {
				reading.skip(begin + 1, source(i), 'broken', 'ANSWER');
				reset();
			}
			if (stem.length === 0) begin = i;
			stem.push(line.trim());
		}
	}
	if (stem.length > 0) reading.skip(begin + 1, source(lines.length), options.length > 0 ? 'broken' : 'loose_text');
	return reading.done();
}
