import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { people } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { accountOf } from '../access.ts';
import type { Put } from '../list-import/put-people.ts';
import type { ListTarget } from '../list-import/target.ts';
import type { Place } from '../places.ts';
import { activitySessions } from '../register-tables.ts';
import { participations } from '../tables.ts';
import { putAttendance } from './mark.ts';
import { settleAttendance } from './settle.ts';

/**
 * Puts people who came without being on the list on the class, with the sittings they checked in at, in the caller's
 * transaction. Whether that completes the class is for the sittings to say.
 */
export async function putWalkIn(
	ctx: Context,
	tx: Database,
	{ activity, site }: ListTarget,
	places: readonly Place[],
	sittings: Readonly<Record<string, number>>
): Promise<Map<string, Put>> {
	const result = new Map<string, Put>();
	const known = await tx
		.select({ id: activitySessions.id })
		.from(activitySessions)
		.where(and(inArray(activitySessions.id, Object.keys(sittings)), isNull(activitySessions.voidedAt)));
	for (const place of places) {
		const participationId = await participationOf(ctx, tx, activity.id, place, site?.id);
		result.set(place.personId, { state: 'placed', participationId });
		await putAttendance(
			tx,
			known.map(({ id: sessionId }) => ({
				...{ sessionId, participationId, minutes: sittings[sessionId] ?? 0, source: 'phone' as const },
				...{ markedAt: ctx.now, recordedBy: accountOf(ctx.actor) }
			}))
		);
	}
	const ids = [...result.values()].flatMap(({ participationId }) => participationId ?? []);
	await settleAttendance(ctx, tx, activity, ids);
	return result;
}

/** The person's participation in the class, whichever of merged rows it hangs on; a new one where there is none. */
export async function participationOf(
	ctx: Context,
	tx: Database,
	activityId: string,
	place: Place,
	bridgeSiteId?: string
): Promise<string> {
	const [found] = await tx
		.select({ id: participations.id })
		.from(participations)
		.innerJoin(people, eq(people.id, participations.personId))
		.where(
			and(
				eq(participations.activityId, activityId),
				isNull(participations.voidedAt),
				sql`coalesce(${people.canonicalId}, ${people.id}) = ${place.personId}`
			)
		);
	if (found) return found.id;
	const [created] = await tx
		.insert(participations)
		.values({ ...place, activityId, bridgeSiteId, note: 'walk_in', recordedBy: accountOf(ctx.actor) })
		.returning({ id: participations.id });
	if (!created) throw new Error('the participation was not written');
	return created.id;
}
