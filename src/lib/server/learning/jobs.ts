import { eq } from 'drizzle-orm';
import { getSitting } from '../assessment/sittings.ts';
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
		const { sitting } = await getSitting(ctx.db, sittingId);
		if (!sitting.isPassed || !courseVersionId || classAccess(quiz, today(ctx)) !== 'open') return;
		await ctx.db.transaction((tx) => completeLesson(within(ctx, tx), tx, participationId, courseVersionId, lessonId));
	}
});

async function findQuiz(ctx: Context, sittingId: string) {
	const [quiz] = await ctx.db
		.select({
			participationId: lessonQuizzes.participationId,
			lessonId: lessonQuizzes.lessonId,
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

export const learningJobs = [settleQuiz];
