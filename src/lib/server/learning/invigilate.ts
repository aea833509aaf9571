import { and, eq, isNull, sql } from 'drizzle-orm';
import type { ExtraInput } from '#lib/learning/quiz-board-input.ts';
import { giveExtra } from '../assessment/overrides.ts';
import { attempts, sittings } from '../assessment/paper-tables.ts';
import { submitAttempt } from '../assessment/submit-attempt.ts';
import { within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { participations } from '../training/tables.ts';
import { getClassQuiz } from './quiz-board.ts';
import { makeSitting } from './quiz.ts';
import { lessonQuizzes } from './tables.ts';

/**
 * Gives extra minutes and attempts to one person, to a unit's people or to all who are sitting the quiz of a class.
 * @returns to how many people
 * @throws {DomainError} `not_found` outside the actor's classes; `conflict` `assessment.nobody_meant`
 */
export async function giveExtraInClass(
	ctx: Context,
	{ activityId, lessonId }: { activityId: string; lessonId: string },
	{ to, ...extra }: ExtraInput
): Promise<number> {
	const { paper } = await getClassQuiz(ctx, 'quiz:invigilate', activityId, lessonId);
	return ctx.db.transaction(async (tx) => {
		const meant = await listMeant(tx, activityId, lessonId, to);
		if (meant.length === 0) throw new DomainError('conflict', 'assessment.nobody_meant');
		const sittingIds: string[] = [];
		for (const participationId of meant)
			sittingIds.push(await makeSitting(tx, { participationId, lessonId }, paper.id));
		await giveExtra(within(ctx, tx), tx, sittingIds, extra);
		return sittingIds.length;
	});
}

async function listMeant(tx: Database, activityId: string, lessonId: string, to: ExtraInput['to']): Promise<string[]> {
	const [kind, id = ''] = to.split(':');
	const isSitting = sql`exists (select 1 from lesson_quiz q join attempt a on a.sitting_id = q.sitting_id and a.submitted_at is null
		where q.participation_id = ${participations.id} and q.lesson_id = ${lessonId})`;
	const rows = await tx
		.select({ id: participations.id })
		.from(participations)
		.where(
			and(
				eq(participations.activityId, activityId),
				isNull(participations.voidedAt),
				kind === 'person' ? eq(participations.id, id) : undefined,
				kind === 'unit' ? eq(participations.unitIdThen, id) : undefined,
				kind === 'open' ? isSitting : undefined
			)
		)
		.orderBy(participations.id);
	return rows.map((row) => row.id);
}

/**
 * "Thu bài": hands in what somebody has, now.
 * @throws {DomainError} `not_found` outside the actor's classes; `conflict` `assessment.attempt_over` where nothing is open
 */
export async function takeInAttempt(
	ctx: Context,
	{ activityId, lessonId }: { activityId: string; lessonId: string },
	participationId: string
): Promise<void> {
	await getClassQuiz(ctx, 'quiz:invigilate', activityId, lessonId);
	await ctx.db.transaction(async (tx) => {
		const [open] = await tx
			.select({ attemptId: attempts.id, sittingId: sittings.id })
			.from(lessonQuizzes)
			.innerJoin(participations, eq(participations.id, lessonQuizzes.participationId))
			.innerJoin(sittings, eq(sittings.id, lessonQuizzes.sittingId))
			.innerJoin(attempts, and(eq(attempts.sittingId, sittings.id), isNull(attempts.submittedAt)))
			.where(
				and(
					eq(participations.id, participationId),
					eq(participations.activityId, activityId),
					eq(lessonQuizzes.lessonId, lessonId)
				)
			);
		if (!open) throw new DomainError('conflict', 'assessment.attempt_over');
		await submitAttempt(within(ctx, tx), tx, { ...open, by: 'examiner' });
		await ctx.queue.send(tx, 'assessment.sitting_graded', { sittingId: open.sittingId });
	});
}
