import * as v from 'valibot';
import { tidy } from '../text/fold.ts';
import { DIFFICULTIES, QUESTION_TYPES } from './question.ts';
import { QUESTION_STATUSES, STEPS } from './workflow.ts';

const id = v.pipe(v.string('form.required'), v.uuid('form.choice'));
const line = (max: number) =>
	v.pipe(
		v.string('form.required'),
		v.transform(tidy),
		v.minLength(1, 'form.required'),
		v.maxLength(max, 'form.too_long')
	);
const text = (max: number) => v.pipe(v.optional(v.string(), ''), v.transform(tidy), v.maxLength(max, 'form.too_long'));
const lockVersion = v.pipe(v.string('form.stale'), v.regex(/^\d{1,9}$/, 'form.stale'), v.transform(Number));
const day = v.pipe(v.string('form.required'), v.minLength(1, 'form.required'), v.isoDate('form.date'));
const emptyIsNull = v.pipe(
	v.literal(''),
	v.transform(() => null)
);
const dayOrNone = v.optional(v.union([emptyIsNull, day], 'form.date'), '');

/** A step of a question's workflow, with its reason where one is asked. */
export const StepInput = v.object({ step: v.picklist(STEPS, 'form.choice'), note: text(1000) });

/** A step for several questions chosen in the list. */
export const BulkStepInput = v.object({
	step: v.picklist(STEPS, 'form.choice'),
	note: text(1000),
	ids: v.pipe(v.optional(v.array(id), []), v.minLength(1, 'form.choose_one'), v.maxLength(500))
});

/** What the bank's list is narrowed to; a filter that makes no sense is left out. */
export const QuestionFilter = v.object({
	q: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(200))), undefined),
	topic: v.fallback(v.optional(v.pipe(v.string(), v.uuid())), undefined),
	document: v.fallback(v.optional(v.pipe(v.string(), v.uuid())), undefined),
	difficulty: v.fallback(v.optional(v.picklist(DIFFICULTIES)), undefined),
	type: v.fallback(v.optional(v.picklist(QUESTION_TYPES)), undefined),
	status: v.fallback(v.optional(v.picklist([...QUESTION_STATUSES, 'submitted', 'doubled'])), undefined),
	page: v.fallback(v.pipe(v.optional(v.string(), '1'), v.regex(/^[1-9]\d{0,4}$/), v.transform(Number)), 1)
});
export type QuestionFilter = v.InferOutput<typeof QuestionFilter>;

/** Facts of a legal document. */
export const LegalDocumentInput = v.object({
	lockVersion,
	number: line(100),
	title: text(500),
	issuer: text(200),
	issuedOn: dayOrNone,
	effectiveFrom: dayOrNone,
	effectiveTo: dayOrNone,
	url: v.optional(
		v.union(
			[emptyIsNull, v.pipe(v.string(), v.trim(), v.url('form.url'), v.regex(/^https?:\/\//i, 'form.url'))],
			'form.url'
		),
		''
	)
});
export type LegalDocumentInput = v.InferOutput<typeof LegalDocumentInput>;

/** "Văn bản thay đổi": what happened to a document. */
export const DocumentChangeInput = v.object({
	kind: v.picklist(['amended', 'replaced', 'expired'], 'form.choice'),
	changedOn: day,
	note: line(500)
});
export type DocumentChangeInput = v.InferOutput<typeof DocumentChangeInput>;

/** A file for a question, with its description. */
export const MediaInput = v.object({
	lockVersion,
	file: v.pipe(v.file('form.file_required'), v.minSize(1, 'form.file_required')),
	description: line(300)
});

/** One question taken out of a scenario. */
export const PartRemoval = v.object({ lockVersion, partId: v.pipe(v.string(), v.maxLength(12)) });

/** What a question of a scenario has beside what depends on its type. */
export const PartFormInput = v.object({
	lockVersion,
	stem: v.pipe(v.optional(v.string(), ''), v.maxLength(40_000, 'form.too_long')),
	explanation: v.pipe(v.optional(v.string(), ''), v.maxLength(40_000, 'form.too_long')),
	weight: v.pipe(v.optional(v.string(), '1'), v.regex(/^[1-9]\d?$/, 'form.whole_number'), v.transform(Number))
});
