import * as v from 'valibot';
import { readDay } from '../text/days.ts';

const optionalDay = v.pipe(
	v.optional(v.string(), ''),
	v.check((text) => text === '' || readDay(text) !== undefined, 'form.date'),
	v.transform((text) => readDay(text))
);
const optionalText = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => text || undefined)
);
const checkbox = v.pipe(
	v.optional(v.string()),
	v.transform((value) => value !== undefined)
);

/** What is said once for a whole roster file. */
export const RosterDefaultsInput = v.object({
	categoryCode: optionalText,
	validFrom: optionalDay,
	hasCapsFixed: checkbox
});

/** A roster file as the form sends it; its content is judged when it is read. */
export const RosterFileInput = v.object({
	...RosterDefaultsInput.entries,
	file: v.pipe(
		v.file('form.file_required'),
		v.check(({ size, name }) => size > 0 || name !== '', 'form.file_required'),
		v.maxSize(20 * 1024 ** 2, 'organisation.file_over_limit')
	),
	unitId: v.pipe(
		v.optional(v.string(), ''),
		v.check((text) => text === '' || /^[0-9a-f-]{36}$/.test(text), 'form.choice'),
		v.transform((text) => text || undefined)
	)
});
