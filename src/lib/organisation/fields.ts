import * as v from 'valibot';
import { readDay } from '../text/days.ts';
import { tidy } from '../text/fold.ts';

/** A row's id. */
export const id = v.pipe(v.string('form.required'), v.uuid('form.choice'));
/** A text of one line that must be there; at most `max` characters. */
export const line = (max: number) =>
	v.pipe(
		v.string('form.required'),
		v.transform(tidy),
		v.minLength(1, 'form.required'),
		v.maxLength(max, 'form.too_long')
	);
/** A text of one line that may be left empty; undefined then. */
export const optionalLine = (max: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform(tidy),
		v.maxLength(max, 'form.too_long'),
		v.transform((text) => text || undefined)
	);
/** A day as typed; becomes `yyyy-mm-dd`. */
export const day = v.pipe(
	v.string('form.required'),
	v.minLength(1, 'form.required'),
	v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
		const read = readDay(dataset.value);
		if (read) return read;
		addIssue({ message: 'form.date' });
		return NEVER;
	})
);
/** A text that may be left empty, read by `read`; what cannot be read is an issue. */
export const optionalRead = <T>(read: (text: string) => T | undefined, message: string) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.rawTransform<string, T | undefined>(({ dataset, addIssue, NEVER }) => {
			if (dataset.value.trim() === '') return undefined;
			const value = read(dataset.value);
			if (value !== undefined) return value;
			addIssue({ message });
			return NEVER;
		})
	);
/** A day that may be left empty. */
export const optionalDay = optionalRead(readDay, 'form.date');
/** One of a list, or nothing. */
export const optionalChoice = <const T extends readonly string[]>(options: T) =>
	optionalRead((text) => (options.includes(text) ? (text as T[number]) : undefined), 'form.choice');
/** A whole number from 0 to `max`, as typed or as it is. */
export const wholeNumber = (max: number) =>
	v.pipe(
		v.union(
			[v.number(), v.pipe(v.string(), v.regex(/^\d+$/, 'form.whole_number'), v.transform(Number))],
			'form.whole_number'
		),
		v.maxValue(max, 'form.too_large')
	);
/** A whole number up to `max`, or nothing. */
export const optionalNumber = (max: number) =>
	optionalRead((text) => (/^\d+$/.test(text) && Number(text) <= max ? Number(text) : undefined), 'form.whole_number');
/** Ticked or not. */
export const checkbox = v.pipe(
	v.optional(v.union([v.boolean(), v.string()]), false),
	v.transform((value) => value === true || value === 'on' || value === 'true')
);
