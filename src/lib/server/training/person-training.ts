import { and, eq, inArray } from 'drizzle-orm';
import { authorise, can } from '../identity/permissions.ts';
import { getPersonRow } from '../organisation/people-queries.ts';
import { inScope } from '../organisation/scope.ts';
import { units } from '../organisation/tables.ts';
import { today, type Context } from '../platform/context.ts';
import { listOwnParticipations } from './queries.ts';
import { trainingActivities } from './tables.ts';

/**
 * The classes of somebody on the actor's roster, also those held by units that the actor may not see; `isReadable` tells
 * whose page may be opened.
 * @throws {DomainError} `not_found` for a person outside the actor's units
 */
export async function listTrainingOf(ctx: Context, personId: string) {
	const scope = authorise(ctx.actor, 'roster:read');
	await getPersonRow(ctx.db, scope, personId, today(ctx));
	const rows = await listOwnParticipations(ctx.db, personId);
	const readable = await readableIds(ctx, [...new Set(rows.map(({ activityId }) => activityId))]);
	return rows.map(
		({ participationId, activityId, title, organiserName, mode, status, startsOn, dueOn, completedOn, outcome }) => ({
			...{ participationId, activityId, title, organiserName, mode, status, startsOn, dueOn, completedOn, outcome },
			isReadable: readable.has(activityId)
		})
	);
}

async function readableIds(ctx: Context, activityIds: readonly string[]): Promise<Set<string>> {
	if (activityIds.length === 0 || !can(ctx.actor, 'training:read')) return new Set();
	const rows = await ctx.db
		.select({ id: trainingActivities.id })
		.from(trainingActivities)
		.innerJoin(units, eq(units.id, trainingActivities.organiserUnitId))
		.where(
			and(inArray(trainingActivities.id, [...activityIds]), inScope(units.path, authorise(ctx.actor, 'training:read')))
		);
	return new Set(rows.map(({ id }) => id));
}
