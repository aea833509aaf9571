import type { AtomicBody, Gap, Question, QuestionContent } from './question.ts';
import { isBlank } from './plain-text.ts';

/** What keeps a question from being reviewed; sentences in lib/i18n/assessment.ts. `part` names a part of a scenario. */
export type QuestionProblem = Readonly<{ code: ProblemCode; part?: number }>;
type ProblemCode =
	| 'no_stem'
	| 'few_options'
	| 'many_options'
	| 'empty_option'
	| 'same_options'
	| 'no_key'
	| 'several_keys'
	| 'few_pairs'
	| 'missing_match'
	| 'few_items'
	| 'gap_missing'
	| 'gap_unused'
	| 'no_gaps'
	| 'no_parts'
	| 'same_ids'
	| 'no_rubric'
	| 'no_kinds'
	| 'word_order';

const MOST_OPTIONS = 12;

/**
 * What is still wrong with a question that has the right shape, in reading order; empty when it can be asked. A draft may
 * have problems, a reviewed question has none.
 */
export function checkQuestion({ stem, body }: Pick<QuestionContent, 'stem' | 'body'>): QuestionProblem[] {
	const ownStem: ProblemCode[] = isBlank(stem) && body.type !== 'cloze' ? ['no_stem'] : [];
	if (body.type !== 'scenario') return [...ownStem, ...checkBody(body)].map((code) => ({ code }));
	const parts = body.parts.flatMap((part, i) => {
		const stemOfPart: ProblemCode[] = isBlank(part.stem) && part.body.type !== 'cloze' ? ['no_stem'] : [];
		return [...stemOfPart, ...checkBody(part.body)].map((code) => ({ code, part: i + 1 }));
	});
	const whole: ProblemCode[] = [
		...(body.parts.length === 0 ? (['no_parts'] as const) : []),
		...(isDistinct(body.parts.map(({ id }) => id)) ? [] : (['same_ids'] as const))
	];
	return [...[...ownStem, ...whole].map((code) => ({ code })), ...parts];
}

/** True when a question can be asked. */
/** @public */
export const isAskable = (question: Pick<Question, 'stem' | 'body'>): boolean => checkQuestion(question).length === 0;

function checkBody(body: AtomicBody): ProblemCode[] {
	switch (body.type) {
		case 'single':
			return checkOptions(body.options, { isSingle: true });
		case 'multiple':
			return checkOptions(body.options, { isSingle: false });
		case 'true_false':
			return [];
		case 'matching':
			return checkMatching(body);
		case 'ordering':
			return checkParts(body.items, body.items.length < 2 && 'few_items');
		case 'short':
		case 'numeric':
			return body.accepted.some(({ credit }) => credit === 100) ? [] : ['no_key'];
		case 'cloze':
			return checkCloze(body.text, body.gaps);
		case 'essay':
			return [...checkRubric(body.rubric), ...(isBackwards(body) ? (['word_order'] as const) : [])];
		case 'upload':
			return [...checkRubric(body.rubric), ...(body.accepts.length === 0 ? (['no_kinds'] as const) : [])];
	}
}

function checkRubric(rubric: readonly unknown[]): ProblemCode[] {
	return rubric.length === 0 ? ['no_rubric'] : [];
}

function isBackwards({ minWords, maxWords }: { minWords: number | null; maxWords: number | null }): boolean {
	return minWords !== null && maxWords !== null && minWords > maxWords;
}

type Choice = Readonly<{ id: string; html: string; credit: number }>;

function checkOptions(options: readonly Choice[], { isSingle }: { isSingle: boolean }): ProblemCode[] {
	const full = options.filter(({ credit }) => credit === 100).length;
	const right = options.filter(({ credit }) => credit > 0).length;
	return [
		...checkParts(options, options.length < 2 && 'few_options'),
		...(options.length > MOST_OPTIONS ? (['many_options'] as const) : []),
		...((isSingle ? full : right) === 0 ? (['no_key'] as const) : []),
		...(isSingle && full > 1 ? (['several_keys'] as const) : [])
	];
}

function checkParts(parts: readonly { id: string; html: string }[], few: ProblemCode | false): ProblemCode[] {
	const texts = parts.map(({ html }) => html.trim());
	return [
		...(few ? [few] : []),
		...(parts.some(({ html }) => isBlank(html)) ? (['empty_option'] as const) : []),
		...(isDistinct(texts) ? [] : (['same_options'] as const)),
		...(isDistinct(parts.map(({ id }) => id)) ? [] : (['same_ids'] as const))
	];
}

function checkMatching({ pairs, matches }: Extract<AtomicBody, { type: 'matching' }>): ProblemCode[] {
	const ids = matches.map(({ id }) => id);
	return [
		...checkParts(pairs, pairs.length < 2 && 'few_pairs'),
		...(isDistinct(ids) ? [] : (['same_ids'] as const)),
		...(pairs.every(({ matchId }) => ids.includes(matchId)) ? [] : (['missing_match'] as const))
	];
}

function checkCloze(text: string, gaps: readonly Gap[]): ProblemCode[] {
	const named = [...text.matchAll(/\[\[([a-z0-9]{3,12})\]\]/g)].map(([, id]) => id ?? '');
	const ids = gaps.map(({ id }) => id);
	return [
		...(gaps.length === 0 ? (['no_gaps'] as const) : []),
		...(isDistinct(ids) && isDistinct(named) ? [] : (['same_ids'] as const)),
		...(named.every((id) => ids.includes(id)) ? [] : (['gap_missing'] as const)),
		...(ids.every((id) => named.includes(id)) ? [] : (['gap_unused'] as const)),
		...(gaps.every(hasKey) ? [] : (['no_key'] as const))
	];
}

function hasKey(gap: Gap): boolean {
	const choices = gap.kind === 'choice' ? gap.options : gap.accepted;
	return choices.some(({ credit }) => credit === 100);
}

function isDistinct(texts: readonly string[]): boolean {
	return new Set(texts).size === texts.length;
}
