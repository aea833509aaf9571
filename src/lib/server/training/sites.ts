import { and, eq, isNull } from 'drizzle-orm';
import { listStage, siteState, takesSites } from '#lib/training/site.ts';
import type { DeliveryMode } from '#lib/training/activity.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { listUnitAdmins } from '../organisation/unit-admins.ts';
import { notify } from '../notifications/notify.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, decidersFor, getClass, lockClass, type TrainingClass } from './access.ts';
import { tellCompletionsIn } from './completion-events.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { listInvitable, listSites, type InviteFilter, type ListedSite } from './site-queries.ts';
import { bridgeSites } from './site-tables.ts';
import { participations } from './tables.ts';

/** Units shown for ticking at once; "all that fit" reaches further. */
const INVITABLE_SHOWN = 200;

/** The sites of a class with how many have sent their lists, and units that can be invited. */
export async function getSitesPage(ctx: Context, activityId: string, filter: InviteFilter) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const isManager = decidersFor(ctx.actor, activity.organiserPath).includes('manage') && takesSites(activity.status);
	const day = today(ctx);
	const [sites, invitable] = await Promise.all([
		listSites(ctx.db, activity, day),
		isManager ? listInvitable(ctx.db, activity, filter, day) : []
	]);
	return {
		...{ activity, isManager, stage: listStage(activity, day), sites, sent: countSent(sites) },
		invitable: invitable.slice(0, INVITABLE_SHOWN),
		invitableCount: invitable.length
	};
}

/** How many sites there are and how many have sent what is awaited now. */
export async function siteFigure(db: Database, activity: TrainingClass, day: string) {
	const rows = await db
		.select()
		.from(bridgeSites)
		.where(and(eq(bridgeSites.activityId, activity.id), isNull(bridgeSites.voidedAt)));
	const stage = listStage(activity, day);
	return { stage, sites: rows.length, sent: rows.filter((site) => siteState(site, stage) === 'sent').length };
}

/**
 * Invites units to take part with lists of their own; their admins are told. Units that are invited already stay as they
 * are.
 * @throws {DomainError} `conflict` `training.class_closed`
 */
export async function inviteUnits(
	ctx: Context,
	activityId: string,
	{ unitIds, mode }: { unitIds: readonly string[]; mode: DeliveryMode }
): Promise<{ invited: number }> {
	if (unitIds.length === 0) throw new DomainError('invalid', 'form.choose_one');
	return manage(ctx, activityId, async (tx, activity) => {
		const allowed = await listInvitable(tx, activity, {}, today(ctx));
		const wanted = allowed.filter(({ unitId }) => unitIds.includes(unitId)).map(({ unitId }) => unitId);
		if (wanted.length === 0) return { invited: 0 };
		const created = await tx
			.insert(bridgeSites)
			.values(
				wanted.map((unitId) => ({
					...{ activityId, unitId, origin: 'invited' as const, recordedBy: accountOf(ctx.actor) },
					mode: activity.mode === 'online_self_paced' ? activity.mode : mode
				}))
			)
			.onConflictDoNothing()
			.returning({ siteId: bridgeSites.id, unitId: bridgeSites.unitId });
		await recordAudit(ctx, tx, 'site.invited', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			siteIds: created.map(({ siteId }) => siteId)
		});
		for (const site of created) await tell(ctx, tx, activity, site, 'training.site_invited', site.siteId);
		return { invited: created.length };
	});
}

/** As {@link inviteUnits}, for everybody whom the filter on the page matches. */
export async function inviteMatching(
	ctx: Context,
	activityId: string,
	filter: InviteFilter,
	mode: DeliveryMode
): Promise<{ invited: number }> {
	const activity = await getClass(ctx.db, authorise(ctx.actor, 'training:manage'), activityId);
	const matching = await listInvitable(ctx.db, activity, filter, today(ctx));
	return inviteUnits(ctx, activityId, { unitIds: matching.map(({ unitId }) => unitId), mode });
}

/** Takes a unit out again, with everybody on its list; the rows stay, with the reason. */
export function removeSite(
	ctx: Context,
	activityId: string,
	{ siteId, reason }: { siteId: string; reason: string }
): Promise<void> {
	return manage(ctx, activityId, async (tx, activity) => {
		const voided = await tx
			.update(bridgeSites)
			.set({ voidedAt: ctx.now, voidReason: reason })
			.where(ofActivity(activityId, siteId))
			.returning({ id: bridgeSites.id });
		if (voided.length === 0) return;
		const gone = await tx
			.update(participations)
			.set({ voidedAt: ctx.now, voidReason: reason })
			.where(and(eq(participations.bridgeSiteId, siteId), isNull(participations.voidedAt)))
			.returning({ personId: participations.personId });
		const personIds = gone.map(({ personId }) => personId);
		await recomputeFirstCompletions(tx, { personIds });
		await tellCompletionsIn(ctx, tx, activityId, personIds);
		await recordAudit(ctx, tx, 'site.removed', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			...{ siteId, reason, people: gone.length }
		});
	});
}

/** Trả lại: the unit is asked to put its list right and send it again; what is on it stays. */
export function returnSiteList(
	ctx: Context,
	activityId: string,
	{ siteId, reason }: { siteId: string; reason: string }
): Promise<void> {
	return manage(ctx, activityId, async (tx, activity) => {
		const [site] = await tx
			.update(bridgeSites)
			.set({ nominatedAt: null, sentAt: null, returnReason: reason })
			.where(ofActivity(activityId, siteId))
			.returning();
		if (!site) throw new DomainError('not_found', 'training.no_site');
		await recordAudit(ctx, tx, 'site.returned', { objectId: activityId, unitId: site.unitId, siteId, reason });
		await tell(ctx, tx, activity, { siteId, unitId: site.unitId }, 'training.site_returned', ctx.now.toISOString());
	});
}

/**
 * Đôn đốc: reminds every unit whose list is awaited. Nobody is reminded twice on one day.
 * @returns how many units were reminded
 */
export function remindSites(ctx: Context, activityId: string): Promise<{ reminded: number }> {
	return manage(ctx, activityId, async (tx, activity) => {
		const day = today(ctx);
		const waiting = (await listSites(tx, activity, day)).filter(({ state }) => state !== 'sent');
		let reminded = 0;
		for (const site of waiting) {
			const isNew = await tell(
				ctx,
				tx,
				activity,
				{ siteId: site.id, unitId: site.unitId },
				'training.site_reminder',
				day
			);
			if (!isNew) continue;
			reminded++;
			await tx
				.update(bridgeSites)
				.set({ remindedAt: ctx.now, reminderCount: site.reminderCount + 1 })
				.where(eq(bridgeSites.id, site.id));
		}
		await recordAudit(ctx, tx, 'site.reminded', { objectId: activityId, unitId: activity.organiserUnitId, reminded });
		return { reminded };
	});
}

/** Tells the admins of a unit about its site; false when all of them had been told of this occasion. */
async function tell(
	ctx: Context,
	tx: Database,
	{ id, title, organiserName, startsOn, dueOn }: TrainingClass,
	{ siteId, unitId }: { siteId: string; unitId: string },
	template: 'training.site_invited' | 'training.site_returned' | 'training.site_reminder',
	occasion: string
): Promise<boolean> {
	const told = await notify(ctx, tx, {
		template,
		params: { className: title, organiser: organiserName, startsOn, dueOn },
		to: await listUnitAdmins(tx, unitId, today(ctx)),
		path: `/classes/sites/${siteId}`,
		key: `${template} ${id} ${siteId} ${occasion}`
	});
	return told > 0;
}

async function manage<T>(
	ctx: Context,
	activityId: string,
	act: (tx: Database, activity: TrainingClass) => Promise<T>
): Promise<T> {
	const scope = authorise(ctx.actor, 'training:manage');
	return ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		if (!takesSites(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		return act(tx, activity);
	});
}

function ofActivity(activityId: string, siteId: string) {
	return and(eq(bridgeSites.id, siteId), eq(bridgeSites.activityId, activityId), isNull(bridgeSites.voidedAt));
}

function countSent(sites: readonly ListedSite[]): number {
	return sites.filter(({ state }) => state === 'sent').length;
}
