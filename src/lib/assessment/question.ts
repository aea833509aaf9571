import * as v from 'valibot';

/**
 * What a question of the bank is, as plain data. Importers make it, the editor changes it, exports write it, `scoring/`
 * judges answers to it. Rich texts are HTML as lib/server/assessment/rich-text.ts leaves it; pictures, sound and clips in
 * them are `<img src="media:<id>">`, `<audio …>`, `<video …>`, the id being a row of `question_media`.
 */

/** Types that are answered and judged by themselves. */
/** @public */
export const ATOMIC_TYPES = [
	'single',
	'multiple',
	'true_false',
	'matching',
	'ordering',
	'short',
	'numeric',
	'cloze',
	'essay',
	'upload'
] as const;
export type AtomicType = (typeof ATOMIC_TYPES)[number];

/** `scenario` (tình huống pháp luật) is a stem shared by several questions of the other types. */
export const QUESTION_TYPES = [...ATOMIC_TYPES, 'scenario'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

/** Types that a person has to mark. */
/** @public */
export const isMarkedByHand = (type: QuestionType): boolean => type === 'essay' || type === 'upload';

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** How answers to a multiple choice count; see `scoring/choice.ts`. */
/** @public */
export const MULTIPLE_RULES = ['all_or_nothing', 'right_minus_wrong', 'each_option', 'weights'] as const;
/** How a matching counts. */
/** @public */
export const MATCHING_RULES = ['each', 'all_or_nothing'] as const;
/** How an order counts; see `scoring/ordering.ts`. */
/** @public */
export const ORDERING_RULES = ['all_or_nothing', 'place', 'neighbours'] as const;

/** What may be handed in as a product. */
/** @public */
export const UPLOAD_KINDS = ['image', 'document', 'audio', 'video'] as const;
/** @public */
export type UploadKind = (typeof UPLOAD_KINDS)[number];

/** Id of an option, pair, gap, criterion or part within one question; random, so that it tells neither place nor key. */
const partId = v.pipe(v.string(), v.regex(/^[a-z0-9]{3,12}$/, 'question.part_id'));
const richText = v.pipe(v.string(), v.maxLength(40_000, 'form.too_long'));
const line = v.pipe(v.string(), v.trim(), v.minLength(1, 'form.required'), v.maxLength(500, 'form.too_long'));
/** Percent of the marks that a choice is worth; negative where a wrong tick costs. */
const credit = v.pipe(v.number(), v.minValue(-100), v.maxValue(100));

const Option = v.object({ id: partId, html: richText, credit, feedback: v.optional(richText, '') });

/** A form of a short answer that is accepted. `*` stands for any text. */
const AcceptedText = v.object({
	text: line,
	credit: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
	feedback: v.optional(richText, '')
});
/** A value within ± `tolerance` of which a number is accepted. */
const AcceptedNumber = v.object({
	value: v.pipe(v.number(), v.finite()),
	tolerance: v.pipe(v.number(), v.minValue(0)),
	credit: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
	feedback: v.optional(richText, '')
});
const textRules = {
	accepted: v.array(AcceptedText),
	ignoresCase: v.boolean(),
	ignoresAccents: v.boolean()
};

const Single = v.object({
	type: v.literal('single'),
	options: v.array(Option),
	/** The options refer to each other ("Cả A và B") and are never shuffled. */
	keepsOrder: v.boolean()
});
const Multiple = v.object({
	type: v.literal('multiple'),
	options: v.array(Option),
	keepsOrder: v.boolean(),
	rule: v.picklist(MULTIPLE_RULES)
});
const TrueFalse = v.object({
	type: v.literal('true_false'),
	isTrue: v.boolean(),
	feedbackTrue: v.optional(richText, ''),
	feedbackFalse: v.optional(richText, '')
});
const Matching = v.object({
	type: v.literal('matching'),
	/** What stands on the left, each with the id of what it belongs to. */
	pairs: v.array(v.object({ id: partId, html: richText, matchId: partId })),
	/** What can be chosen on the right; more than the pairs where some are only there to mislead. */
	matches: v.array(v.object({ id: partId, text: line })),
	rule: v.picklist(MATCHING_RULES)
});
const Ordering = v.object({
	type: v.literal('ordering'),
	/** In the right order. */
	items: v.array(v.object({ id: partId, html: richText })),
	rule: v.picklist(ORDERING_RULES)
});
const Short = v.object({ type: v.literal('short'), ...textRules });
const Numeric = v.object({
	type: v.literal('numeric'),
	accepted: v.array(AcceptedNumber),
	/** Written behind the box: "ngày", "%". */
	unit: v.pipe(v.string(), v.trim(), v.maxLength(40, 'form.too_long'))
});

const weight = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));
const Gap = v.variant('kind', [
	v.object({ kind: v.literal('short'), id: partId, weight, ...textRules }),
	v.object({ kind: v.literal('numeric'), id: partId, weight, accepted: Numeric.entries.accepted }),
	v.object({
		kind: v.literal('choice'),
		id: partId,
		weight,
		options: v.array(v.object({ id: partId, text: line, credit, feedback: v.optional(richText, '') }))
	})
]);
export type Gap = v.InferOutput<typeof Gap>;
const Cloze = v.object({
	type: v.literal('cloze'),
	/** The text with `[[id]]` where a gap stands; each gap once. */
	text: richText,
	gaps: v.array(Gap)
});

/** One line of a rubric (tiêu chí): what is looked at and how many points it can bring. */
const Criterion = v.object({
	id: partId,
	title: line,
	description: v.optional(v.pipe(v.string(), v.maxLength(2000, 'form.too_long')), ''),
	maxPoints: v.pipe(v.number(), v.minValue(0.25), v.maxValue(1000)),
	/** Named steps, where the criterion has some ("Đạt tốt" 2 điểm). */
	levels: v.optional(v.array(v.object({ title: line, points: v.pipe(v.number(), v.minValue(0)) })), [])
});
export type Criterion = v.InferOutput<typeof Criterion>;
const rubric = v.pipe(v.array(Criterion), v.maxLength(20));
const words = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)));

const Essay = v.object({
	type: v.literal('essay'),
	rubric,
	minWords: words,
	maxWords: words,
	/** For whoever marks: a model answer or notes. Never shown to learners. */
	notes: v.optional(richText, '')
});
const Upload = v.object({
	type: v.literal('upload'),
	rubric,
	accepts: v.array(v.picklist(UPLOAD_KINDS)),
	mostFiles: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10)),
	notes: v.optional(richText, '')
});

const ATOMIC = [Single, Multiple, TrueFalse, Matching, Ordering, Short, Numeric, Cloze, Essay, Upload] as const;

/** The part of a question that depends on its type, key included. */
export const AtomicBody = v.variant('type', [...ATOMIC]);
export type AtomicBody = v.InferOutput<typeof AtomicBody>;
export type BodyOf<T extends AtomicType> = Extract<AtomicBody, { type: T }>;

const ScenarioPart = v.object({
	id: partId,
	stem: richText,
	body: AtomicBody,
	explanation: v.optional(richText, ''),
	/** Share of the scenario's marks that this part carries, beside the other parts' weights. */
	weight
});
const Scenario = v.object({ type: v.literal('scenario'), parts: v.array(ScenarioPart) });

export const QuestionBody = v.variant('type', [...ATOMIC, Scenario]);
export type QuestionBody = v.InferOutput<typeof QuestionBody>;

/** On what a question rests. Days are `yyyy-mm-dd`, the first and the last on which the cited rule holds. */
export const Citation = v.object({
	/** Số, ký hiệu of the document: `14/2012/QH13`; free words where there is none. */
	document: line,
	/** `điểm a khoản 2 Điều 36` */
	article: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200, 'form.too_long')), ''),
	validFrom: v.nullable(v.pipe(v.string(), v.isoDate('form.date'))),
	validTo: v.nullable(v.pipe(v.string(), v.isoDate('form.date')))
});
export type Citation = v.InferOutput<typeof Citation>;

/** What a version of a question keeps: an attempt is judged by exactly this. */
export const QuestionContent = v.object({
	/** The question as asked; of a scenario the situation. May be empty only where the cloze text says everything. */
	stem: richText,
	body: QuestionBody,
	/** Shown with the feedback, when the rules of the paper allow it. */
	explanation: v.optional(richText, '')
});
export type QuestionContent = v.InferOutput<typeof QuestionContent>;

/** A whole question as it is written, imported and exported. */
export const Question = v.object({
	...QuestionContent.entries,
	difficulty: v.picklist(DIFFICULTIES),
	topic: line,
	citations: v.pipe(v.array(Citation), v.maxLength(10))
});
export type Question = v.InferOutput<typeof Question>;
