import * as v from 'valibot';
import { Ids, OptionalUpload, Reason, Uuid } from './fields.ts';

/** A list as a file or as pasted text; one of the two. */
export const BringListInput = v.pipe(
	v.object({
		importId: Uuid,
		file: OptionalUpload,
		text: v.pipe(v.optional(v.string(), ''), v.maxLength(600_000, 'form.too_long'))
	}),
	v.forward(
		v.check(({ file, text }) => file !== undefined || text !== '', 'training.list_file_or_text'),
		['file']
	)
);
export type BringListInput = v.InferOutput<typeof BringListInput>;

/** Whom a doubtful line means: a person, somebody `new`, or nobody (`skip`). */
const Choice = v.union([v.picklist(['new', 'skip']), Uuid], 'form.choice');

/** Answers to the questions of the review queue: fields `choice-<line>`; lines without one are answered later. */
export const DecideLinesInput = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((form) =>
		Object.entries(form).flatMap(([name, choice]) => {
			const row = Number(/^choice-(\d{1,6})$/.exec(name)?.[1]);
			return row ? [{ row, choice }] : [];
		})
	),
	v.array(v.object({ row: v.number(), choice: Choice })),
	v.minLength(1, 'form.choose_one')
);
export type DecideLinesInput = v.InferOutput<typeof DecideLinesInput>;

export const UndoListInput = v.object({ reason: Reason });

/** Answers of a unit about people said to be its own: the candidates, and for each `new` or somebody of its roster. */
export const ConfirmCandidatesInput = v.pipe(
	v.object({
		candidateIds: Ids,
		ticked: Ids,
		whom: v.array(v.union([v.literal('new'), Uuid], 'form.choice')),
		categoryCode: v.optional(v.string(), '')
	}),
	v.transform(({ candidateIds, ticked, whom, categoryCode }) => ({
		answers: candidateIds
			.map((candidateId, i) => ({ candidateId, whom: whom[i] ?? 'new' }))
			.filter(({ candidateId }) => ticked.includes(candidateId)),
		categoryCode: categoryCode || undefined
	})),
	v.check(({ answers }) => answers.length > 0, 'form.choose_one')
);
export type ConfirmCandidatesInput = v.InferOutput<typeof ConfirmCandidatesInput>;

export const RefuseCandidatesInput = v.object({
	ticked: v.pipe(Ids, v.minLength(1, 'form.choose_one')),
	reason: Reason
});
