import { and, eq, isNull, max, sql } from 'drizzle-orm';
import type { AuditDeed } from '#lib/i18n/audit-words.ts';
import { LIFECYCLE, nextStatus, type StatusChange } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { lockClass, PERMISSION_OF, type TrainingClass } from './access.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { participations, trainingActivities } from './tables.ts';

/**
 * Ends a class on a day: from that day it counts for the online share. Whoever has not completed is noted as not
 * completed or absent.
 * @throws {DomainError} `invalid` when the day lies in the future, before the first day or before a completion
 */
export function endClass(ctx: Context, activityId: string, endedOn: string): Promise<void> {
	return change(ctx, activityId, 'end', { endedOn }, async (tx, activity) => {
		if (endedOn > today(ctx)) throw new DomainError('invalid', 'form.date_future');
		if (endedOn < activity.startsOn) throw new DomainError('invalid', 'training.ended_before_start');
		const last = await lastCompletion(tx, activityId);
		if (last && last > endedOn) throw new DomainError('invalid', 'training.ended_before_completion');
		await tx
			.update(participations)
			.set({ outcome: sql`case when ${participations.attendedOn} is null then 'absent' else 'not_completed' end` })
			.where(and(live(activityId), isNull(participations.outcome)));
	});
}

/** Takes an end back that was set by mistake; the class is under way again and leaves the online share. */
export function reopenClass(ctx: Context, activityId: string, reason: string): Promise<void> {
	return change(ctx, activityId, 'reopen', { endedOn: null, reason }, async (tx) => {
		await tx
			.update(participations)
			.set({ outcome: null })
			.where(and(live(activityId), sql`${participations.outcome} in ('absent', 'not_completed')`));
	});
}

/** @throws {DomainError} `conflict` `training.has_completions` when somebody has completed it: such a class is ended instead */
export function cancelClass(ctx: Context, activityId: string, reason: string): Promise<void> {
	return change(ctx, activityId, 'cancel', { cancelReason: reason }, async (tx) => {
		if (await lastCompletion(tx, activityId)) throw new DomainError('conflict', 'training.has_completions');
	});
}

/** The changes that ask nothing: begin early, report, return from reporting, lock. */
export function moveClass(
	ctx: Context,
	activityId: string,
	step: 'begin' | 'report' | 'return' | 'lock'
): Promise<void> {
	return change(ctx, activityId, step, {}, async () => {});
}

async function change(
	ctx: Context,
	activityId: string,
	step: StatusChange,
	{ reason, ...columns }: { endedOn?: string | null; cancelReason?: string; reason?: string },
	prepare: (tx: Database, activity: TrainingClass) => Promise<void>
): Promise<void> {
	const scope = authorise(ctx.actor, PERMISSION_OF[LIFECYCLE[step].by]);
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId);
		const status = nextStatus(activity.status, step);
		if (!status) throw new DomainError('conflict', 'training.status_moved_on');
		await prepare(tx, activity);
		await tx
			.update(trainingActivities)
			.set({ ...columns, status, version: activity.version + 1 })
			.where(eq(trainingActivities.id, activityId));
		await recomputeFirstCompletions(tx, { activityId });
		await recordAudit(ctx, tx, `class.${PAST[step]}`, {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			before: activity.status,
			after: status,
			...columns,
			...(reason ? { reason } : {})
		});
	});
}

const PAST: Readonly<Record<StatusChange, AuditDeed>> = {
	begin: 'begun',
	end: 'ended',
	reopen: 'reopened',
	cancel: 'cancelled',
	report: 'reported',
	return: 'returned',
	lock: 'locked'
};

function live(activityId: string) {
	return and(eq(participations.activityId, activityId), isNull(participations.voidedAt));
}

async function lastCompletion(tx: Database, activityId: string): Promise<string | null> {
	const [row] = await tx
		.select({ day: max(participations.completedOn) })
		.from(participations)
		.where(live(activityId));
	return row?.day ?? null;
}
