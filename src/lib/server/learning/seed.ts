import { and, eq } from 'drizzle-orm';
import type { GivenAnswer } from '#lib/assessment/save-answers.ts';
import { saveAnswers } from '../assessment/save-answers.ts';
import { lessonVersions, modules } from '../catalogue/tables.ts';
import { accounts } from '../identity/tables.ts';
import type { Context } from '../platform/context.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import { getQuizAttempt, startQuiz, submitQuiz } from './quiz.ts';

/**
 * One attempt of the demo at the quiz of its open class, not passed, so that there is something to look at again and
 * another attempt to make.
 */
export async function seedQuizAttempt(
	ctx: Context,
	{ activityId, accountId }: { activityId: string; accountId: string }
): Promise<void> {
	const [found] = await ctx.db
		.select({
			participationId: participations.id,
			personId: participations.personId,
			lessonId: lessonVersions.lessonId
		})
		.from(accounts)
		.innerJoin(participations, eq(participations.personId, accounts.personId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.innerJoin(modules, eq(modules.courseVersionId, trainingActivities.courseVersionId))
		.innerJoin(lessonVersions, and(eq(lessonVersions.moduleId, modules.id), eq(lessonVersions.kind, 'quiz')))
		.where(and(eq(accounts.id, accountId), eq(participations.activityId, activityId)));
	if (!found) throw new Error('the demo has nobody to sit its quiz');
	const { participationId, personId, lessonId } = found;
	const own = { ...ctx, actor: { kind: 'account', accountId, personId, displayName: '', grants: [] } } as const;
	const { attemptId } = await startQuiz(own, { participationId, lessonId });
	const place = { participationId, lessonId, attemptId };
	const { attempt } = await getQuizAttempt(own, place);
	const given = attempt.items.flatMap(({ position, item }): GivenAnswer[] =>
		item.type === 'single' ? [{ position, answer: item.options[0]!.id, sequence: 1 }] : []
	);
	await saveAnswers(own, { attemptId, personId }, given.slice(0, 6));
	await submitQuiz(own, place);
}
