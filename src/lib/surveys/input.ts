import * as v from 'valibot';
import { AUDIENCES, type LevelCounts } from './survey.ts';

const Level = v.pipe(
	v.string('form.choose_one'),
	v.picklist(['1', '2', '3', '4', '5'], 'form.choose_one'),
	v.transform((value) => Number(value))
);
const Comment = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.maxLength(1000, 'form.too_long'),
	v.transform((text) => text || null)
);

/** Phiếu đánh giá lớp: five answers and a comment. */
export const ResponseInput = v.object({
	content: Level,
	lecturer: Level,
	material: Level,
	organisation: Level,
	overall: Level,
	comment: Comment
});
export type ResponseInput = v.InferOutput<typeof ResponseInput>;

/** Who gets a slip: those whose attendance is recorded, or everybody on the list. */
export const SlipsInput = v.object({ whom: v.picklist(['attended', 'listed'], 'form.choice') });
export type SlipsInput = v.InferOutput<typeof SlipsInput>;

/** A citizen's or a business's rating of a unit. `website` is a field that people do not see and programs fill in. */
export const RatingInput = v.object({
	audience: v.picklist(AUDIENCES, 'form.choice'),
	unitId: v.pipe(v.string('form.required'), v.uuid('form.choice')),
	level: Level,
	comment: Comment,
	website: v.optional(v.string(), '')
});
export type RatingInput = v.InferOutput<typeof RatingInput>;

/** One line of Biểu 08: forms given out and returned, and how many chose each level. */
export type SurveyLine = Readonly<{ issued: number | null; returned: number; levels: LevelCounts }>;
