import { isEmptyAnswer } from '#lib/assessment/answer.ts';
import { readAnswerFields } from '#lib/assessment/answer-form.ts';
import type { GivenAnswer } from '#lib/assessment/save-answers.ts';
import { saveAnswers } from '../assessment/save-answers.ts';
import type { Context } from '../platform/context.ts';
import { ownPersonId } from './own-class.ts';
import { getQuizAttempt } from './quiz.ts';

/** Saves the answers that a plain form carries: a browser without JavaScript. */
export async function saveQuizForm(
	ctx: Context,
	place: { participationId: string; lessonId: string; attemptId: string },
	form: FormData
): Promise<void> {
	if (![...form.keys()].some((name) => name.startsWith('a.'))) return;
	const { attempt } = await getQuizAttempt(ctx, place);
	if (attempt.state !== 'open') return;
	const given = attempt.items.flatMap(({ position, item, answer, sequence }): GivenAnswer[] => {
		const read = readAnswerFields(form, `a.${position}`, item);
		if (read === undefined || (isEmptyAnswer(read) && isEmptyAnswer(answer))) return [];
		return [{ position, answer: read as GivenAnswer['answer'], sequence: sequence + 1 }];
	});
	const { attemptId } = place;
	if (given.length > 0) await saveAnswers(ctx, { attemptId, personId: ownPersonId(ctx.actor) }, given);
}
