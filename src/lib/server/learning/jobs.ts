import { eq } from 'drizzle-orm';
import { formatNumber } from '#lib/i18n/format.ts';
import { getSitting, percentOfAttempt } from '../assessment/sittings.ts';
import { notify } from '../notifications/notify.ts';
import { today, within, type Context } from '../platform/context.ts';
import { defineJob } from '../platform/queue.ts';
import { participations, trainingActivities } from '../training/tables.ts';
import { classAccess } from './own-class.ts';
import { completeLesson } from './progress.ts';
import { lessonQuizzes } from './tables.ts';

/** A quiz lesson's grade that came about without its person: the clock, a marker, a changed key. Safe to repeat. */
const settleQuiz = defineJob({
	name: 'assessment.sitting_graded',
	queue: { retryLimit: 5, retryBackoff: true },
	async run(ctx, { sittingId }) {
		const quiz = await findQuiz(ctx, sittingId);
		if (!quiz) return; // another module embeds it
		const { participationId, lessonId, courseVersionId } = quiz;
		const { sitting, paper, attempts } = await getSitting(ctx.db, sittingId);
		if (!sitting.isPassed || !courseVersionId || classAccess(quiz, today(ctx)) !== 'open') return;
		// What was written on paper counts from the day it was written, whenever it was entered and marked.
		const onPaper = attempts.find(
			(each) => each.submittedBy === 'paper' && (percentOfAttempt(each) ?? 0) >= paper.settings.passPercent
		);
		const at = onPaper?.submittedAt ?? ctx.now;
		await ctx.db.transaction((tx) =>
			completeLesson(within(ctx, tx), tx, participationId, courseVersionId, lessonId, at)
		);
	}
});

/** Tells a person that a grade changed with a key; once for each key, however often it runs. */
const tellRegraded = defineJob({
	name: 'assessment.sitting_regraded',
	queue: { retryLimit: 5, retryBackoff: true },
	async run(ctx, { sittingId, before, after, key }) {
		const quiz = await findQuiz(ctx, sittingId);
		if (!quiz) return;
		const percent = (value: number) => `${formatNumber(value)}%`;
		await ctx.db.transaction((tx) =>
			notify(ctx, tx, {
				template: 'learning.quiz_regraded',
				params: { className: quiz.title, before: percent(before), after: percent(after) },
				to: [{ personId: quiz.personId }],
				path: `/learn/${quiz.participationId}/lessons/${quiz.lessonId}`,
				key: `learning.quiz_regraded ${key}`
			})
		);
	}
});

async function findQuiz(ctx: Context, sittingId: string) {
	const [quiz] = await ctx.db
		.select({
			participationId: lessonQuizzes.participationId,
			lessonId: lessonQuizzes.lessonId,
			personId: participations.personId,
			title: trainingActivities.title,
			courseVersionId: trainingActivities.courseVersionId,
			status: trainingActivities.status,
			startsOn: trainingActivities.startsOn
		})
		.from(lessonQuizzes)
		.innerJoin(participations, eq(participations.id, lessonQuizzes.participationId))
		.innerJoin(trainingActivities, eq(trainingActivities.id, participations.activityId))
		.where(eq(lessonQuizzes.sittingId, sittingId));
	return quiz;
}

export const learningJobs = [settleQuiz, tellRegraded];
