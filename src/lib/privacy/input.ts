import * as v from 'valibot';
import { REQUEST_KINDS } from './request.ts';

const Text = (longest: number) =>
	v.pipe(v.string('form.required'), v.trim(), v.nonEmpty('form.required'), v.maxLength(longest, 'form.too_long'));

/** What a person asks for about the own data. */
export const DataRequestInput = v.object({ kind: v.picklist(REQUEST_KINDS, 'form.choice'), text: Text(2000) });
export type DataRequestInput = v.InferOutput<typeof DataRequestInput>;

/** The answer; `removes` takes contact data and the personal number off the roster in the same step. */
export const AnswerInput = v.object({
	outcome: v.picklist(['done', 'refused'], 'form.choice'),
	answer: Text(2000),
	removes: v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value !== '')
	)
});
export type AnswerInput = v.InferOutput<typeof AnswerInput>;

const Months = (least: number, most: number) =>
	v.pipe(
		v.string('form.required'),
		v.regex(/^\d{1,3}$/, 'form.whole_number'),
		v.transform(Number),
		v.minValue(least, 'form.too_small'),
		v.maxValue(most, 'form.too_large')
	);

/** Months that logs are kept; the same bounds as the setting's own. */
export const RetentionInput = v.object({
	auditMonths: Months(12, 120),
	messageMonths: Months(3, 120),
	deliveryMonths: Months(1, 60),
	answerStepMonths: Months(1, 24),
	version: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
});
export type RetentionInput = v.InferOutput<typeof RetentionInput>;
