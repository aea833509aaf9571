import * as v from 'valibot';
import { readDay } from '../text/days.ts';

/** A day that somebody typed (`22/11/2026`), as `yyyy-mm-dd`. */
export const dayField = v.pipe(
	v.string('form.required'),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const day = readDay(dataset.value);
		if (day) return day;
		addIssue({ message: 'form.date' });
		return NEVER;
	})
);
