import * as v from 'valibot';
import { dayField } from './day-field.ts';
import { MOST_VARIANTS } from './paper-variant.ts';

const ticked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value === 'on')
);

/** "Tạo đề in": how many mã đề, and what differs between them. */
export const PrintInput = v.object({
	count: v.pipe(
		v.string('form.required'),
		v.transform(Number),
		v.integer('form.whole_number'),
		v.minValue(1, 'form.too_small'),
		v.maxValue(MOST_VARIANTS, 'form.too_large')
	),
	shufflesQuestions: ticked,
	shufflesOptions: ticked
});
export type PrintInput = v.InferOutput<typeof PrintInput>;

/** A filled-in form with the results of a paper sitting. */
export const ResultFile = v.object({
	file: v.pipe(v.file('form.file_required'), v.minSize(1, 'form.file_required'))
});
/** The same table once more, checked, to be entered. */
export const ResultTable = v.object({
	table: v.pipe(v.string('form.required'), v.minLength(1, 'form.required'), v.maxLength(4_000_000, 'form.too_long')),
	satOn: dayField
});
