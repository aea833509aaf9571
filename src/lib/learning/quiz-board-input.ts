import * as v from 'valibot';
import { tidy } from '../text/fold.ts';

/** Where people of a class stand in a quiz; the board can be narrowed to one of them. */
export const BOARD_STATES = ['none', 'open', 'done', 'passed'] as const;
export type BoardState = (typeof BOARD_STATES)[number];

export const BoardFilter = v.object({
	show: v.fallback(v.optional(v.picklist(BOARD_STATES)), undefined),
	page: v.fallback(v.pipe(v.optional(v.string(), '1'), v.regex(/^[1-9]\d{0,4}$/), v.transform(Number)), 1)
});
export type BoardFilter = v.InferOutput<typeof BoardFilter>;

const whole = (most: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform((typed) => (typed === '' ? 0 : Number(typed))),
		v.number('form.number'),
		v.integer('form.whole_number'),
		v.minValue(0, 'form.too_small'),
		v.maxValue(most, 'form.too_large')
	);

/**
 * "Thêm thời gian, thêm lượt": for one participation, for the people of one unit in the class, or for all who are sitting
 * the quiz now.
 */
export const ExtraInput = v.pipe(
	v.object({
		to: v.union(
			[v.picklist(['open', 'everybody']), v.pipe(v.string(), v.regex(/^(person|unit):[0-9a-f-]{36}$/))],
			'form.choice'
		),
		minutes: whole(600),
		attempts: whole(20),
		reason: v.pipe(
			v.string('form.required'),
			v.transform(tidy),
			v.minLength(1, 'form.required'),
			v.maxLength(500, 'form.too_long')
		)
	}),
	v.forward(
		v.check(({ minutes, attempts }) => minutes + attempts > 0, 'form.required'),
		['minutes']
	)
);
export type ExtraInput = v.InferOutput<typeof ExtraInput>;

/** "Thu bài" of one person. */
export const TakeInInput = v.object({ participationId: v.pipe(v.string('form.choice'), v.uuid('form.choice')) });
