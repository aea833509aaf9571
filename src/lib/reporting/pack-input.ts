import * as v from 'valibot';

/** Of which unit and calendar year a pack is wanted. */
export const PackInput = v.object({
	unitId: v.pipe(v.string('form.required'), v.uuid('form.choice')),
	year: v.pipe(v.string('form.required'), v.regex(/^20\d\d$/, 'form.number'), v.transform(Number))
});
