import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf } from './access.ts';
import { plannedActivities, planFulfilments, yearlyPlans } from './register-tables.ts';
import { trainingActivities } from './tables.ts';

/**
 * Says that an activity carries out a line of its organiser's plan, in the caller's transaction; a line named before is
 * given up. The caller has authorised.
 * @throws {DomainError} `not_found` when the line is none of the organiser's
 */
export async function fulfil(
	ctx: Context,
	tx: Database,
	{ activityId, planLineId }: { activityId: string; planLineId: string }
): Promise<void> {
	const [line] = await tx
		.select({ unitId: yearlyPlans.unitId })
		.from(plannedActivities)
		.innerJoin(yearlyPlans, eq(yearlyPlans.id, plannedActivities.planId))
		.innerJoin(
			trainingActivities,
			and(eq(trainingActivities.organiserUnitId, yearlyPlans.unitId), eq(trainingActivities.id, activityId))
		)
		.where(and(eq(plannedActivities.id, planLineId), isNull(plannedActivities.voidedAt)));
	if (!line) throw new DomainError('not_found', 'training.no_plan_line');
	const recordedBy = accountOf(ctx.actor);
	await tx
		.insert(planFulfilments)
		.values({ activityId, plannedActivityId: planLineId, recordedBy })
		.onConflictDoUpdate({
			target: planFulfilments.activityId,
			set: { plannedActivityId: planLineId, recordedBy, recordedAt: ctx.now }
		});
	await recordAudit(ctx, tx, 'plan.class_tied', { objectId: activityId, unitId: line.unitId, planLineId });
}
