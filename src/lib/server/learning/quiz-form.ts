import { isEmptyAnswer } from '#lib/assessment/answer.ts';
import { readAnswerFields } from '#lib/assessment/answer-form.ts';
import type { AttemptItem } from '#lib/assessment/attempt-view.ts';
import type { GivenAnswer } from '#lib/assessment/save-answers.ts';
import { saveAnswers } from '../assessment/save-answers.ts';
import type { Context } from '../platform/context.ts';
import { ownPersonId } from './own-class.ts';
import { addFormFiles, type AttemptPlace } from './quiz-files.ts';
import { getQuizAttempt } from './quiz.ts';

/** Saves the answers that a plain form carries: a browser without JavaScript. */
export async function saveQuizForm(ctx: Context, place: AttemptPlace, form: FormData): Promise<void> {
	if (![...form.keys()].some((name) => name.startsWith('a.'))) return;
	const { attempt } = await getQuizAttempt(ctx, place);
	if (attempt.state !== 'open') return;
	await takeFiles(ctx, place, attempt.items, form);
	const given = attempt.items.flatMap(({ position, item, answer, sequence }): GivenAnswer[] => {
		const read = readAnswerFields(form, `a.${position}`, item);
		if (read === undefined || (isEmptyAnswer(read) && isEmptyAnswer(answer))) return [];
		return [{ position, answer: read as GivenAnswer['answer'], sequence: sequence + 1 }];
	});
	const { attemptId } = place;
	if (given.length > 0) await saveAnswers(ctx, { attemptId, personId: ownPersonId(ctx.actor) }, given);
}

/** Keeps the files of a plain form and names them in it, so that they are read as part of the answers. */
async function takeFiles(
	ctx: Context,
	place: AttemptPlace,
	items: readonly AttemptItem[],
	form: FormData
): Promise<void> {
	for (const { position, item } of items) {
		if (item.type !== 'upload') continue;
		const name = `a.${position}`;
		for (const id of await addFormFiles(ctx, place, position, form.getAll(`${name}.file[]`)))
			form.append(`${name}.files[]`, id);
	}
}
