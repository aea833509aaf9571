import * as v from 'valibot';
import { tidy } from '../text/fold.ts';

const uuid = v.pipe(v.string('form.required'), v.uuid('form.choice'));

/** A file of questions or pasted ones; one of the two. */
export const BringQuestionsInput = v.pipe(
	v.object({
		importId: uuid,
		unitId: uuid,
		isShared: v.pipe(
			v.optional(v.string(), ''),
			v.transform((ticked) => ticked !== '')
		),
		topic: v.pipe(
			v.string('form.required'),
			v.transform(tidy),
			v.minLength(1, 'form.required'),
			v.maxLength(500, 'form.too_long')
		),
		file: v.pipe(
			v.optional(v.instance(File)),
			v.transform((file) => (file && file.size > 0 ? file : undefined))
		),
		text: v.pipe(v.optional(v.string(), ''), v.maxLength(1_000_000, 'form.too_long'))
	}),
	v.forward(
		v.check(({ file, text }) => file !== undefined || text !== '', 'assessment.file_or_text'),
		['file']
	)
);

/** What is ticked in the preview: `take[]` places of questions; `key.<place>[]` ids of the options that are right. */
export function readTaking(form: FormData): { take: number[]; keys: Map<number, string[]> } {
	const keys = new Map<number, string[]>();
	for (const name of new Set(form.keys())) {
		const place = /^key\.(\d{1,4})\[\]$/.exec(name)?.[1];
		if (place) keys.set(Number(place), form.getAll(name).map(String));
	}
	return { take: form.getAll('take[]').map(Number).filter(Number.isSafeInteger), keys };
}
