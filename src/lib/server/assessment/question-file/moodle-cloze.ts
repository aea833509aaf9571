import type { BodyOf, Gap } from '#lib/assessment/question.ts';
import { newPartId } from '#lib/assessment/part-id.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { attribute, textOf, type XmlNode } from './xml-node.ts';
import { toHtml } from './reading.ts';

const GAP = /\{(\d*):([A-Z_]+):((?:\\.|[^{}\\])*)\}/g;
const CHOICE = /^(MULTICHOICE|MC)(_[VHS]+|V|H|S|VS|HS)?$/;
const SHORT = /^(SHORTANSWER|SA|MW)(_?C)?$/;
const NUMBER = /^(NUMERICAL|NM)$/;

/**
 * Moodle's embedded answers (docs.moodle.org, "Embedded Answers (Cloze) question type"): `{1:MULTICHOICE:A~=B#feedback}`.
 * @returns undefined where a gap is of a kind that ours are not (several ticks in one gap)
 */
export function readMoodleCloze(stem: string): BodyOf<'cloze'> | 'no_answers' | undefined {
	const gaps: Gap[] = [];
	let isUnknown = false;
	const text = stem.replace(GAP, (whole, weightText: string, kind: string, answers: string) => {
		const gap = readGap(kind, answers, Math.max(1, Math.min(100, Number(weightText) || 1)));
		if (!gap) isUnknown = true;
		else gaps.push(gap);
		return gap ? `[[${gap.id}]]` : whole;
	});
	if (isUnknown) return undefined;
	return gaps.length === 0 ? 'no_answers' : { type: 'cloze', text, gaps };
}

function readGap(kind: string, answers: string, weight: number): Gap | undefined {
	const common = { id: newPartId(), weight };
	const entries = entriesOf(answers);
	if (CHOICE.test(kind)) {
		const options = entries.map(({ text, credit, feedback }) => ({ id: newPartId(), text, credit, feedback }));
		return { kind: 'choice', ...common, options };
	}
	const short = SHORT.exec(kind);
	if (short) {
		const accepted = entries.filter(({ credit }) => credit > 0);
		return { kind: 'short', ...common, accepted, ignoresCase: !short[2], ignoresAccents: false };
	}
	if (!NUMBER.test(kind)) return undefined;
	const accepted = entries.flatMap(({ text, credit, feedback }) => {
		const [value, tolerance = '0'] = text.split(':').map((part) => part.replace(',', '.'));
		const isNumber = credit > 0 && value !== '' && Number.isFinite(Number(value));
		return isNumber ? [{ value: Number(value), tolerance: Math.abs(Number(tolerance) || 0), credit, feedback }] : [];
	});
	return { kind: 'numeric', ...common, accepted };
}

function entriesOf(answers: string): { text: string; credit: number; feedback: string }[] {
	const pieces = answers.match(/(?:^|(?<!\\)~)(?:\\.|[^~\\])*/g) ?? [];
	return pieces.flatMap((piece) => {
		const [, sign = '', weight, words = ''] = /^~?(=?)(?:%(-?[\d.]+)%)?([\s\S]*)$/.exec(piece) ?? [];
		const [text = '', feedback = ''] = words.split(/(?<!\\)#/).map((part) => plainText(part.replace(/\\(.)/g, '$1')));
		if (text === '') return [];
		const credit = Math.max(0, Math.min(100, weight === undefined ? (sign ? 100 : 0) : Number(weight)));
		return [{ text: text.slice(0, 500), credit, feedback: toHtml(feedback) }];
	});
}

/** `[[1]]` in a text, chosen from or filled with the first of numbered choices, those of its group being offered. */
export function readSelectGaps(stem: string, choices: readonly XmlNode[]): BodyOf<'cloze'> | 'no_answers' {
	const offered = choices.map((choice) => ({ text: plainText(textOf(choice.text)), group: groupOf(choice) }));
	const gaps: Gap[] = [];
	const text = stem.replace(/\[\[(\d{1,3})\]\]/g, (whole, number: string) => {
		const right = offered[Number(number) - 1];
		if (!right?.text) return whole;
		const options = offered
			.filter(({ text, group }) => text && group === right.group)
			.map((each) => ({ id: newPartId(), text: each.text, credit: each === right ? 100 : 0, feedback: '' }));
		const gap: Gap = { kind: 'choice', id: newPartId(), weight: 1, options };
		gaps.push(gap);
		return `[[${gap.id}]]`;
	});
	return gaps.length === 0 ? 'no_answers' : { type: 'cloze', text, gaps };
}

const groupOf = (choice: XmlNode): string => textOf(choice.group) || attribute(choice, 'group') || '1';
