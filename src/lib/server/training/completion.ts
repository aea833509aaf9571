import { and, eq, isNull, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { tellCompletions } from './completion-events.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { participations, trainingActivities } from './tables.ts';

/**
 * Completes a participation on the day it happened, in the caller's transaction, and moves the trained share with it.
 * The caller has authorised already (a learner's own watching, an organiser's record). Safe to repeat and in parallel:
 * one of the calls returns true, all others false and change nothing.
 * @param completedOn `yyyy-mm-dd`
 * @throws {DomainError} `conflict` when the class is cancelled or its period is locked
 */
export async function completeParticipation(
	ctx: Context,
	tx: Database,
	participationId: string,
	completedOn: string
): Promise<boolean> {
	const activity = await lockActivityOf(tx, participationId);
	if (!activity) return false;
	const [completed] = await tx
		.update(participations)
		.set({
			completedOn,
			completedRecordedAt: ctx.now,
			outcome: 'completed',
			attendedOn: sql`coalesce(${participations.attendedOn}, ${completedOn})`
		})
		.where(
			and(eq(participations.id, participationId), isNull(participations.completedOn), isNull(participations.voidedAt))
		)
		.returning({ personId: participations.personId, unitId: participations.unitIdThen });
	if (!completed) return false;
	if (activity.status === 'cancelled') throw new DomainError('conflict', 'training.class_cancelled');
	if (activity.status === 'locked') throw new DomainError('conflict', 'training.class_locked');
	await recomputeFirstCompletions(tx, { personIds: [completed.personId] });
	await tellCompletions(ctx, tx, 'participation.completed', [participationId]);
	await recordAudit(ctx, tx, 'participation.completed', {
		objectId: participationId,
		unitId: completed.unitId,
		activityId: activity.id,
		completedOn
	});
	return true;
}

/**
 * Notes the first day a person took part (a learner's first lesson, a name on a signed sheet), in the caller's
 * transaction; later calls change nothing. "Được triệu tập" is never "tham dự".
 */
export async function markAttended(tx: Database, participationId: string, day: string): Promise<void> {
	await tx
		.update(participations)
		.set({ attendedOn: day })
		.where(
			and(eq(participations.id, participationId), isNull(participations.attendedOn), isNull(participations.voidedAt))
		);
}

/**
 * The participation's class, held against changes of its facts until the transaction ends: a change of document or status
 * and a completion must each see the other when they move the derived rows.
 */
async function lockActivityOf(tx: Database, participationId: string) {
	const [activity] = await tx
		.select({ id: trainingActivities.id, status: trainingActivities.status })
		.from(trainingActivities)
		.innerJoin(participations, eq(participations.activityId, trainingActivities.id))
		.where(eq(participations.id, participationId))
		.for('share', { of: trainingActivities });
	return activity;
}
