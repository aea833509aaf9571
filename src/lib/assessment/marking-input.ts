import * as v from 'valibot';
import { dayField } from './day-field.ts';

const decimal = v.pipe(
	v.string(),
	v.transform((typed) => (typed.trim() === '' ? Number.NaN : Number(typed.replace(',', '.')))),
	v.number('form.number'),
	v.minValue(0, 'form.too_small')
);

/**
 * What a marker says of one answer: points by criterion (fields `p.<criterion>`), or marks where there is no rubric.
 */
export const MarkInput = v.object({
	attemptId: v.pipe(v.string('form.choice'), v.uuid('form.choice')),
	position: v.pipe(v.string('form.choice'), v.regex(/^\d{1,3}$/, 'form.choice'), v.transform(Number)),
	marks: v.optional(decimal),
	comment: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(4000, 'form.too_long'))
});
export type MarkInput = v.InferOutput<typeof MarkInput>;

/** An answer sent back to its learner: what to change, until when. */
export const ReturnInput = v.object({
	attemptId: v.pipe(v.string('form.choice'), v.uuid('form.choice')),
	position: v.pipe(v.string('form.choice'), v.regex(/^\d{1,3}$/, 'form.choice'), v.transform(Number)),
	comment: v.pipe(
		v.string('form.required'),
		v.trim(),
		v.minLength(3, 'form.too_short'),
		v.maxLength(4000, 'form.too_long')
	),
	dueOn: dayField
});
export type ReturnInput = v.InferOutput<typeof ReturnInput>;

/** Which answer a learner hands in again; the answer itself is read from the fields of `item/ItemField.svelte`. */
export const ResubmitInput = v.object({
	position: v.pipe(v.string('form.choice'), v.regex(/^\d{1,3}$/, 'form.choice'), v.transform(Number))
});

/** Points of the rubric that a form carries; what is no number is left out and so found missing. */
export function readPoints(form: FormData): Record<string, number> {
	const points: Record<string, number> = {};
	for (const [name, typed] of form) {
		const value = typeof typed === 'string' ? v.safeParse(decimal, typed) : undefined;
		if (name.startsWith('p.') && value?.success) points[name.slice(2)] = value.output;
	}
	return points;
}
