import { and, eq, isNull, sql } from 'drizzle-orm';
import { isEditable } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise, EVERYTHING } from '../identity/permissions.ts';
import { type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, lockClass, type TrainingClass } from './access.ts';
import { tellCompletionsIn } from './completion-events.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { joinAsSite, markSent, openSite } from './site-list.ts';
import { evidenceFiles, participations, trainingActivities } from './tables.ts';

/**
 * Makes a class a bridge site of the activity it was really a part of: its people, numbers and evidence go there, and the
 * class itself is called off, so that the activity counts once. Nobody comes onto the activity twice.
 * @throws {DomainError} `conflict` `training.class_closed` once the class is reported; those of joinAsSite
 */
export async function joinParent(
	ctx: Context,
	activityId: string,
	{ parentId }: { parentId: string }
): Promise<{ siteId: string }> {
	const scope = authorise(ctx.actor, 'training:manage');
	return ctx.db.transaction(async (tx) => {
		const child = await lockClass(tx, scope, activityId);
		if (!isEditable(child.status)) throw new DomainError('conflict', 'training.class_closed');
		const parent = await lockClass(tx, EVERYTHING, parentId, 'use');
		const { siteId } = await joinAsSite(ctx, tx, { activityId: parentId, unitId: child.organiserUnitId });
		const people = await movePeople(ctx, tx, child, parent, siteId);
		await moveFiles(tx, activityId, parentId, siteId);
		await tx.execute(sql`update aggregate_result set activity_id = ${parentId}
			where activity_id = ${activityId} and voided_at is null`);
		await tx
			.update(trainingActivities)
			.set({
				status: 'cancelled',
				endedOn: null,
				cancelReason: parent.title.slice(0, 500),
				mergedIntoId: parentId,
				version: child.version + 1
			})
			.where(eq(trainingActivities.id, activityId));
		await recomputeFirstCompletions(tx, { personIds: people });
		for (const id of [activityId, parentId]) await tellCompletionsIn(ctx, tx, id, people);
		const site = await openSite(ctx, tx, siteId);
		await markSent(ctx, tx, site, people.length === 0);
		await recordAudit(ctx, tx, 'class.joined_parent', {
			objectId: activityId,
			unitId: child.organiserUnitId,
			...{ parentId, siteId, people: people.length }
		});
		return { siteId };
	});
}

/** @returns the people who were on the class */
async function movePeople(
	ctx: Context,
	tx: Database,
	child: TrainingClass,
	parent: TrainingClass,
	siteId: string
): Promise<string[]> {
	const first = parent.startsOn;
	const last = parent.endedOn ?? parent.dueOn;
	// A day of the class that lies outside the activity's becomes the nearest day of the activity.
	const within = (column: 'attended_on' | 'completed_on') => {
		const day = sql.raw(column);
		return sql`case when ${day} is not null then least(greatest(${day}, ${first}::date), ${last}::date) end`;
	};
	await tx.execute(sql`
		insert into participation (person_id, activity_id, unit_id_then, mode, summoned_on, registered_on, attended_on,
			completed_on, completed_recorded_at, outcome, bridge_site_id, note, recorded_by)
		select person_id, ${parent.id}, unit_id_then, nullif(coalesce(mode, ${child.mode}), ${parent.mode}), summoned_on,
			registered_on, ${within('attended_on')}, ${within('completed_on')}, completed_recorded_at, outcome, ${siteId}, note,
			${accountOf(ctx.actor)}::uuid
		from participation where activity_id = ${child.id} and voided_at is null
		on conflict (person_id, activity_id) where voided_at is null do update set
			bridge_site_id = coalesce(participation.bridge_site_id, excluded.bridge_site_id),
			attended_on = coalesce(participation.attended_on, excluded.attended_on),
			outcome = case when participation.completed_on is null then excluded.outcome else participation.outcome end,
			completed_on = coalesce(participation.completed_on, excluded.completed_on),
			completed_recorded_at = coalesce(participation.completed_recorded_at, excluded.completed_recorded_at)`);
	const moved = await tx
		.update(participations)
		.set({ voidedAt: ctx.now, voidReason: 'joined_parent' })
		.where(and(eq(participations.activityId, child.id), isNull(participations.voidedAt)))
		.returning({ personId: participations.personId });
	return moved.map(({ personId }) => personId);
}

async function moveFiles(tx: Database, activityId: string, parentId: string, bridgeSiteId: string): Promise<void> {
	await tx
		.update(evidenceFiles)
		.set({ activityId: parentId, bridgeSiteId })
		.where(and(eq(evidenceFiles.activityId, activityId), isNull(evidenceFiles.voidedAt)));
}
