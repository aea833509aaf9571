import * as v from 'valibot';
import { AnyAnswer, type Answer } from './answer.ts';

/**
 * Answers on their way to the server. A `sequence` grows with each change of one answer; the server keeps what has a
 * greater one than it holds, so that a repeated or delayed request changes nothing.
 */
export const SaveRequest = v.object({
	answers: v.pipe(
		v.array(
			v.object({
				position: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
				answer: AnyAnswer,
				sequence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000_000))
			})
		),
		v.maxLength(100)
	)
});
export type GivenAnswer = v.InferOutput<typeof SaveRequest>['answers'][number];

/** An answer that was refused because a newer one is kept: given on another device or in another tab. */
export type NewerAnswer = Readonly<{ position: number; sequence: number; answer: Answer | null }>;

/** What the server says. `over`: nothing counts any more, the attempt is or is being handed in. */
export type SaveReply = Readonly<{
	state: 'open' | 'over';
	savedAt: string;
	remainingS: number | null;
	saved: readonly Readonly<{ position: number; sequence: number }>[];
	newer: readonly NewerAnswer[];
}>;
