import * as v from 'valibot';
import type { AtomicBody, AtomicType } from './question.ts';

/** Longest short answer and longest essay that is kept, characters. */
const MOST_SHORT = 500;
const MOST_ESSAY = 60_000;

/**
 * What a learner gave, by type: ids of what was chosen, never its text. Matching and cloze are keyed by pair and gap;
 * `ordering` lists all items; `upload` names rows of `attempt_file`.
 */
export type AnswerOf = {
	single: string;
	multiple: readonly string[];
	true_false: boolean;
	matching: Readonly<Record<string, string>>;
	ordering: readonly string[];
	short: string;
	numeric: string;
	cloze: Readonly<Record<string, string>>;
	essay: string;
	upload: Readonly<{ files: readonly string[]; note: string }>;
};
/** @public */
export type Answer = AnswerOf[AtomicType];

const id = v.pipe(v.string(), v.maxLength(12));
const ids = v.pipe(v.array(id), v.maxLength(50));
const byId = v.record(id, v.pipe(v.string(), v.maxLength(MOST_SHORT)));
const SHAPES: { [T in AtomicType]: v.GenericSchema<unknown, AnswerOf[T]> } = {
	single: id,
	multiple: ids,
	true_false: v.boolean(),
	matching: byId,
	ordering: ids,
	short: v.pipe(v.string(), v.maxLength(MOST_SHORT)),
	numeric: v.pipe(v.string(), v.maxLength(60)),
	cloze: byId,
	essay: v.pipe(v.string(), v.maxLength(MOST_ESSAY)),
	upload: v.object({
		files: v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.maxLength(10)),
		note: v.pipe(v.string(), v.maxLength(4000))
	})
};

/** Any answer, before it is known which question it is to; bounds its size. */
/** @public */
export const AnyAnswer = v.union([
	v.pipe(v.string(), v.maxLength(MOST_ESSAY)),
	v.boolean(),
	ids,
	SHAPES.upload,
	v.pipe(
		byId,
		v.check((record) => Object.keys(record).length <= 50)
	)
]);

/**
 * An answer of unknown origin as an answer to this question: the right shape, and nothing but ids the question has.
 * Undefined when it is none; what is no answer scores nothing.
 */
export function readAnswer<B extends AtomicBody>(body: B, given: unknown): AnswerOf[B['type']] | undefined {
	const parsed = v.safeParse(SHAPES[body.type], given);
	if (!parsed.success || !belongs(body, parsed.output)) return undefined;
	return parsed.output as AnswerOf[B['type']];
}

function belongs(body: AtomicBody, answer: Answer): boolean {
	switch (body.type) {
		case 'single':
			return body.options.some((option) => option.id === answer);
		case 'multiple':
			return areDistinctOf(answer as readonly string[], body.options);
		case 'ordering':
			return (
				(answer as readonly string[]).length === body.items.length &&
				areDistinctOf(answer as readonly string[], body.items)
			);
		case 'matching':
			return Object.entries(answer as AnswerOf['matching']).every(
				([pair, match]) => body.pairs.some((each) => each.id === pair) && body.matches.some((each) => each.id === match)
			);
		case 'cloze':
			return Object.keys(answer as AnswerOf['cloze']).every((gap) => body.gaps.some((each) => each.id === gap));
		case 'upload':
			return (answer as AnswerOf['upload']).files.length <= body.mostFiles;
		default:
			return true;
	}
}

function areDistinctOf(chosen: readonly string[], parts: readonly { id: string }[]): boolean {
	return new Set(chosen).size === chosen.length && chosen.every((each) => parts.some((part) => part.id === each));
}

/** True when nothing was answered: an empty box, no tick, no file. */
/** @public */
export function isEmptyAnswer(answer: Answer | null | undefined): boolean {
	if (answer === null || answer === undefined) return true;
	if (typeof answer === 'boolean') return false;
	if (typeof answer === 'string') return answer.trim() === '';
	if (Array.isArray(answer)) return answer.length === 0;
	if ('files' in answer && Array.isArray(answer.files))
		return answer.files.length === 0 && String(answer.note).trim() === '';
	return Object.values(answer).every((text) => String(text).trim() === '');
}
