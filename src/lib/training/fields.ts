import * as v from 'valibot';
import { readDay } from '../text/days.ts';
import { readClock } from '../text/clock.ts';
import { tidy } from '../text/fold.ts';

/** Fields that forms of this module share; their messages are codes of lib/i18n/errors.ts. */

export const Required = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));

/** A text that may be left empty; null then. */
export const Optional = (longest: number) =>
	v.pipe(
		v.optional(v.string('form.invalid'), ''),
		v.trim(),
		v.maxLength(longest, 'form.too_long'),
		v.transform((text) => text || null)
	);

export const Uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));
export const OptionalUuid = v.pipe(
	v.optional(v.union([v.literal(''), Uuid], 'form.choice'), ''),
	v.transform((id) => id || null)
);

/** A day as the browser's date field posts it or as officials type it; `yyyy-mm-dd`. */
export const Day = v.pipe(
	v.string('form.required'),
	v.nonEmpty('form.required'),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const day = readDay(dataset.value);
		if (day) return day;
		addIssue({ message: 'form.date' });
		return NEVER;
	})
);
/** What may be left out or left empty; null then. */
export const orNull = <T>(schema: v.GenericSchema<string, T>): v.GenericSchema<string | undefined, T | null> =>
	v.pipe(
		v.optional(v.string(), ''),
		v.rawTransform<string, T | null>(({ dataset, addIssue, NEVER }) => {
			if (dataset.value.trim() === '') return null;
			const parsed = v.safeParse(schema, dataset.value);
			if (parsed.success) return parsed.output;
			addIssue({ message: parsed.issues[0].message });
			return NEVER;
		})
	);

/** Số tiết, `8` or `7,5`; one tiết is 45 minutes. */
export const TeachingPeriods = v.pipe(
	v.string('form.required'),
	v.nonEmpty('form.required'),
	v.transform((text) => Number(text.replace(',', '.'))),
	v.number('form.number'),
	v.minValue(0.5, 'form.too_small'),
	v.maxValue(400, 'form.too_large'),
	v.transform((value) => Math.round(value * 10) / 10)
);

/** Đồng; grouping points of Vietnamese numbers are taken. */
export const Money = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => text.replace(/[.\s]/g, '')),
	v.regex(/^\d{0,13}$/, 'form.whole_number'),
	v.transform((text) => (text === '' ? null : Number(text)))
);

export const WholeNumber = v.pipe(
	v.string('form.required'),
	v.regex(/^\d{1,6}$/, 'form.whole_number'),
	v.transform(Number)
);

export const Codes = v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []);
export const Ids = v.optional(v.array(Uuid, 'form.choose_one'), []);
export const Ticked = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);
export const Reason = v.pipe(Required(500), v.minLength(3, 'form.too_short'));
export const Upload = v.pipe(
	v.file('form.file_required'),
	v.check((file) => file.size > 0, 'form.file_required')
);
/** One file, or none: a file field left empty posts a file of no bytes. */
export const OptionalUpload = v.pipe(
	v.optional(v.file()),
	v.transform((file) => (file && file.size > 0 ? file : undefined))
);
/** Several files, or none. */
export const OptionalUploads = v.pipe(
	v.optional(v.array(v.file('form.file_required')), []),
	v.transform((files) => files.filter((file) => file.size > 0))
);

/** A time of day as the browser's time field posts it or as officials type it (`8h30`, `08:30`); `hh:mm`. */
export const Clock = v.pipe(
	v.string('form.required'),
	v.nonEmpty('form.required'),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const clock = readClock(dataset.value);
		if (clock) return clock;
		addIssue({ message: 'form.clock' });
		return NEVER;
	})
);

/** An address of the web, or nothing. */
export const OptionalUrl = v.pipe(
	Optional(500),
	v.check((url) => url === null || /^https?:\/\/\S+$/.test(url), 'form.url')
);

/** Lines of a text field, empty ones left out. */
export const Lines = (longest: number, most: number) =>
	v.pipe(
		v.optional(v.string('form.invalid'), ''),
		v.transform((text) => text.split('\n').map(tidy).filter(Boolean)),
		v.maxLength(most, 'form.too_long'),
		v.check((lines) => lines.every(({ length }) => length <= longest), 'form.too_long')
	);
