import { and, eq, isNull, sql } from 'drizzle-orm';
import { isAttendanceComplete } from '#lib/training/completion.ts';
import type { OutcomeInput } from '#lib/training/input.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { accountOf, lockClass, type TrainingClass } from './access.ts';
import { tellCompletions } from './completion-events.ts';
import { currentRule } from './counting-rule.ts';
import { recomputeFirstCompletions } from './first-completion.ts';
import { placesThen } from './places.ts';
import { participations } from './tables.ts';

/**
 * Điểm danh: notes how people's part in a class came out, or corrects it. What people learn by themselves completes by
 * watching alone, so there nobody is declared complete by hand.
 * @throws {DomainError} `conflict` for a self-paced completion or a class that is reported; `invalid` for a day outside the
 * class, for attendance below the province's share and for taking a completion back without a reason
 */
export async function recordOutcomes(ctx: Context, activityId: string, input: OutcomeInput): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		if (input.outcome === 'completed') {
			assertCompletable(ctx, activity, input.day);
			await assertLongEnough(tx, activity, input.attendedPeriods);
		}
		const mine = and(
			eq(participations.activityId, activityId),
			isNull(participations.voidedAt),
			sql`${participations.id} = any(${sql.param(input.participationIds)}::uuid[])`
		);
		const before = await tx
			.select({ completedOn: participations.completedOn })
			.from(participations)
			.where(mine)
			.for('no key update');
		const takesBack = input.outcome !== 'completed' && before.some(({ completedOn }) => completedOn !== null);
		if (takesBack && !input.reason) throw new DomainError('invalid', 'training.reason_needed');
		const changed = await tx
			.update(participations)
			.set(stagesOf(input, ctx.now, activity.startsOn))
			.where(mine)
			.returning({ id: participations.id, personId: participations.personId });
		await recomputeFirstCompletions(tx, { personIds: changed.map(({ personId }) => personId) });
		const event = input.outcome === 'completed' ? 'participation.completed' : 'participation.completion_withdrawn';
		if (input.outcome === 'completed' || takesBack) {
			await tellCompletions(
				ctx,
				tx,
				event,
				changed.map(({ id }) => id)
			);
		}
		await recordAudit(ctx, tx, 'participation.outcome_recorded', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			participationIds: changed.map(({ id }) => id),
			outcome: input.outcome,
			day: input.day,
			reason: input.reason
		});
	});
}

/**
 * Adds people who were found to have attended after the class was recorded; they completed it on its last day.
 * @throws {DomainError} as {@link recordOutcomes}
 */
export async function addAttendees(
	ctx: Context,
	{ activityId, personIds }: { activityId: string; personIds: readonly string[] }
): Promise<{ added: number }> {
	const scope = authorise(ctx.actor, 'training:manage');
	return ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		const day = activity.endedOn;
		if (activity.status !== 'ended' || !day) throw new DomainError('conflict', 'training.class_closed');
		assertCompletable(ctx, activity, day);
		const places = await placesThen(tx, scope, personIds, { day, today: today(ctx) });
		if (places.length === 0) throw new DomainError('invalid', 'form.choose_one');
		const added = await tx
			.insert(participations)
			.values(places.map((place) => ({ ...place, activityId, ...attendedAndCompleted(ctx, day), note: 'walk_in' })))
			.onConflictDoNothing()
			.returning({ id: participations.id });
		await recomputeFirstCompletions(tx, { personIds: places.map(({ personId }) => personId) });
		await tellCompletions(
			ctx,
			tx,
			'participation.completed',
			added.map(({ id }) => id)
		);
		await recordAudit(ctx, tx, 'participation.attendees_added', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			participationIds: added.map(({ id }) => id)
		});
		return { added: added.length };
	});
}

/** Columns of somebody who was there all the time on that day. */
export function attendedAndCompleted(ctx: Context, day: string) {
	return {
		attendedOn: day,
		completedOn: day,
		completedRecordedAt: ctx.now,
		outcome: 'completed' as const,
		recordedBy: accountOf(ctx.actor)
	};
}

function assertCompletable(ctx: Context, activity: TrainingClass, day: string | null): void {
	if (activity.mode === 'online_self_paced') throw new DomainError('conflict', 'training.self_paced_by_learning');
	if (!day || day > today(ctx)) throw new DomainError('invalid', 'form.date_future');
	if (day < activity.startsOn || (activity.endedOn !== null && day > activity.endedOn)) {
		throw new DomainError('invalid', 'training.day_outside_class');
	}
}

/** Who was there for less than the province's share of the class has attended and not completed (domain rule 4). */
async function assertLongEnough(tx: Database, activity: TrainingClass, attended: number | null): Promise<void> {
	if (attended === null) return;
	const { attendancePercent } = await currentRule(tx);
	if (isAttendanceComplete(attended, activity.teachingPeriods, attendancePercent)) return;
	throw new DomainError('invalid', 'training.attendance_too_short', { percent: attendancePercent });
}

function stagesOf({ outcome, day }: OutcomeInput, now: Date, firstDay: string) {
	if (outcome === 'completed') {
		return {
			outcome,
			completionBasis: null,
			completedOn: day,
			completedRecordedAt: now,
			attendedOn: sql`least(coalesce(${participations.attendedOn}, ${day}::date), ${day}::date)`
		};
	}
	const none = { outcome, completionBasis: null, completedOn: null, completedRecordedAt: null };
	if (outcome === 'not_completed') {
		return { ...none, attendedOn: sql`coalesce(${participations.attendedOn}, ${day ?? firstDay}::date)` };
	}
	return { ...none, attendedOn: null };
}
