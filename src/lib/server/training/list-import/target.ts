import { and, eq, gt, isNull } from 'drizzle-orm';
import type { DeliveryMode } from '#lib/training/activity.ts';
import { isEditable, isOpenForSummons } from '#lib/training/lifecycle.ts';
import { listStage, takesSites, type ListStage } from '#lib/training/site.ts';
import { authorise } from '../../identity/permissions.ts';
import { today, type Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { lockClass } from '../access.ts';
import { activitySessions } from '../register-tables.ts';
import type { BridgeSite } from '../site-queries.ts';
import { openSite } from '../site-list.ts';
import { bridgeSites } from '../site-tables.ts';
import { trainingActivities } from '../tables.ts';

/** What a list is for: a class, or a bridge site of one. `unitId` is the unit of people for whom the list names none. */
export type ListTarget = Readonly<{
	activity: typeof trainingActivities.$inferSelect;
	site: BridgeSite | undefined;
	stage: ListStage;
	unitId: string;
}>;

/** Which class or site; of a site its activity follows. */
export type ListPlace = Readonly<{ activityId: string }> | Readonly<{ siteId: string }>;

/**
 * The class or site a list is for, held against changes of its facts until the transaction ends.
 * @throws {DomainError} `not_found` outside the actor's units; `conflict` once it takes nobody any more
 */
export async function openTarget(ctx: Context, tx: Database, place: ListPlace): Promise<ListTarget> {
	if ('siteId' in place) {
		const { site, activity, stage } = await openSite(ctx, tx, place.siteId);
		return { site, activity, stage, unitId: site.unitId };
	}
	const activity = await lockClass(tx, authorise(ctx.actor, 'training:manage'), place.activityId, 'use');
	const stage = await classStage(ctx, tx, activity);
	const isOpen = stage === 'attend' ? isEditable(activity.status) : isOpenForSummons(activity.status);
	if (!isOpen) throw new DomainError('conflict', 'training.class_closed');
	return { activity, site: undefined, stage, unitId: activity.organiserUnitId };
}

/** What a list of a class itself is about now: while sittings are still to be held, attendance is theirs to say. */
export async function classStage(
	ctx: Context,
	db: Database,
	activity: Readonly<{ id: string; mode: DeliveryMode; dueOn: string; endedOn: string | null }>
): Promise<ListStage> {
	const stage = listStage(activity, today(ctx));
	if (stage === 'nominate' || activity.endedOn) return stage;
	const toCome = await db.$count(
		activitySessions,
		and(
			eq(activitySessions.activityId, activity.id),
			isNull(activitySessions.voidedAt),
			gt(activitySessions.endsAt, ctx.now)
		)
	);
	return toCome > 0 ? 'nominate' : 'attend';
}

/**
 * The target of somebody who waits for a unit's word. The unit need not be responsible for the class, so this authorises
 * nothing: the caller has.
 */
export async function openTargetOf(
	tx: Database,
	{ activityId, bridgeSiteId, stage }: { activityId: string; bridgeSiteId: string | null; stage: ListStage }
): Promise<ListTarget> {
	const [activity] = await tx
		.select()
		.from(trainingActivities)
		.where(eq(trainingActivities.id, activityId))
		.for('share');
	if (!activity || !takesSites(activity.status)) throw new DomainError('conflict', 'training.class_closed');
	const [site] = bridgeSiteId ? await tx.select().from(bridgeSites).where(eq(bridgeSites.id, bridgeSiteId)) : [];
	return { activity, site, stage, unitId: site?.unitId ?? activity.organiserUnitId };
}
