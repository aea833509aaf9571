import { and, isNull, sql } from 'drizzle-orm';
import { standingAfter, type Standing, type Sum } from '#lib/training/attendance.ts';
import type { Outcome } from '#lib/training/activity.ts';
import { recordAudit } from '../../audit/record.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { tellCompletions } from '../completion-events.ts';
import { currentRule } from '../counting-rule.ts';
import { recomputeFirstCompletions } from '../first-completion.ts';
import { participations } from '../tables.ts';

/**
 * Adds up the sittings of a class and moves participations accordingly, in the caller's transaction: present for the
 * province's share of the scheduled time (domain rule 4) completes on the day that was reached. The caller holds the class.
 * @param participationIds whose attendance changed; everybody's where the sittings themselves did
 */
export async function settleAttendance(
	ctx: Context,
	tx: Database,
	activity: Readonly<{ id: string; organiserUnitId: string }>,
	participationIds?: readonly string[]
): Promise<void> {
	const sums = await sumSittings(tx, activity.id, participationIds);
	if (sums.size === 0) return;
	const rows = await tx
		.select()
		.from(participations)
		.where(
			and(isNull(participations.voidedAt), sql`${participations.id} = any(${sql.param([...sums.keys()])}::uuid[])`)
		)
		.orderBy(participations.id)
		.for('no key update');
	const moved = rows.flatMap((row) => {
		const before: Standing = { ...row, isByAttendance: row.completionBasis === 'attendance' };
		const after = standingAfter(before, sums.get(row.id) ?? { firstDay: null, reachedOn: null });
		return after ? [{ row, after }] : [];
	});
	if (moved.length === 0) return;
	await write(
		ctx,
		tx,
		moved.map(({ row, after }) => ({ id: row.id, ...after }))
	);
	const turned = moved.filter(({ row, after }) => row.completedOn !== after.completedOn);
	await recomputeFirstCompletions(tx, { personIds: turned.map(({ row }) => row.personId) });
	const ids = (isDone: boolean) =>
		turned.filter(({ after }) => (after.completedOn !== null) === isDone).map(({ row }) => row.id);
	await tellCompletions(ctx, tx, 'participation.completed', ids(true));
	await tellCompletions(ctx, tx, 'participation.completion_withdrawn', ids(false));
	if (turned.length === 0) return;
	await recordAudit(ctx, tx, 'participation.settled_by_attendance', {
		...{ objectId: activity.id, unitId: activity.organiserUnitId, completed: ids(true), withdrawn: ids(false) }
	});
}

async function sumSittings(
	tx: Database,
	activityId: string,
	participationIds: readonly string[] | undefined
): Promise<Map<string, Sum>> {
	const { attendancePercent } = await currentRule(tx);
	const among = participationIds
		? sql`a.participation_id = any(${sql.param([...participationIds])}::uuid[])`
		: sql`true`;
	const rows = await tx.execute<{ id: string; first_day: string | null; reached_on: string | null }>(sql`
		with sitting as (
			select id, starts_at, (starts_at at time zone 'Asia/Ho_Chi_Minh')::date as day,
				round(extract(epoch from ends_at - starts_at) / 60)::int as minutes
			from activity_session where activity_id = ${activityId} and voided_at is null
		), scheduled as (select sum(minutes) as minutes from sitting), seen as (
			select a.participation_id, sitting.day, least(a.minutes, sitting.minutes) as minutes,
				sum(least(a.minutes, sitting.minutes)) over (partition by a.participation_id order by sitting.starts_at) as so_far
			from session_attendance a join sitting on sitting.id = a.session_id
			where ${among}
		)
		select participation_id as id, (min(day) filter (where seen.minutes > 0))::text as first_day,
			(min(day) filter (where so_far * 100 >= scheduled.minutes * ${attendancePercent}))::text as reached_on
		from seen cross join scheduled group by participation_id`);
	return new Map(rows.map((row) => [row.id, { firstDay: row.first_day, reachedOn: row.reached_on }]));
}

async function write(ctx: Context, tx: Database, rows: readonly (Standing & { id: string })[]): Promise<void> {
	const values = rows.map(({ isByAttendance, ...row }) => ({
		...row,
		basis: isByAttendance ? 'attendance' : null,
		outcome: row.outcome as Outcome | null
	}));
	await tx.execute(sql`
		update participation p set attended_on = r."attendedOn", completed_on = r."completedOn", outcome = r.outcome,
			completion_basis = r.basis,
			completed_recorded_at = case when r."completedOn" is null then null
				when r."completedOn" = p.completed_on then p.completed_recorded_at
				else ${ctx.now.toISOString()}::timestamptz end
		from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
			as r(id uuid, "attendedOn" date, "completedOn" date, outcome text, basis text)
		where p.id = r.id`);
}
