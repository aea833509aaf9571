import * as v from 'valibot';
import { optionalDay } from '../organisation/fields.ts';

const Line = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));
const Optional = (longest: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(longest, 'form.too_long'),
		v.transform((text) => text || null)
	);
const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));

/** Courses of a programme at most. */
export const MOST_COURSES = 30;

/**
 * A programme, or a new version of one. `courses` are course ids in order, empty places left out; those also in `optional`
 * may be left undone.
 */
export const ProgrammeInput = v.object({
	title: Line(250),
	summary: Optional(2000),
	documentNo: Optional(100),
	documentDate: v.pipe(
		optionalDay,
		v.transform((day) => day ?? null)
	),
	courses: v.pipe(
		v.array(v.union([v.literal(''), Uuid], 'form.choice'), 'form.choose_one'),
		v.transform((ids) => [...new Set(ids.filter((id) => id !== ''))]),
		v.minLength(1, 'form.choose_one'),
		v.maxLength(MOST_COURSES, 'form.too_many')
	),
	optional: v.optional(v.array(Uuid), []),
	/** The version that the form showed; 0 for a new programme. */
	number: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
});
export type ProgrammeInput = v.InferOutput<typeof ProgrammeInput>;

export const NewProgrammeInput = v.object({ ...ProgrammeInput.entries, unitId: Uuid });
export type NewProgrammeInput = v.InferOutput<typeof NewProgrammeInput>;
