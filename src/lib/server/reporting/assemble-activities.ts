import { sql } from 'drizzle-orm';
import type { ActivityRow, BudgetRow, ModeRow } from '#lib/reporting/report-content.ts';
import { DELIVERY_MODES } from '#lib/training/activity.ts';
import { activityCtes, type ActivitySelection } from '../indicators/activities-sql.ts';
import { namedOn } from '../indicators/selection.ts';
import type { Database } from '../platform/database.ts';
import { attendeeCount } from '../training/qualifying.ts';

/**
 * Biểu 03: every activity behind the online share of the window, in the order in which they ended. Counts are people as of
 * the cut-off, with those of units that give numbers without names.
 */
export async function activityRows(db: Database, selection: ActivitySelection): Promise<ActivityRow[]> {
	const { window } = selection;
	const rows = await db.execute<ActivityRow>(sql`
		with ${activityCtes(selection)}
		select a.id, a.title, coalesce(a.document_no, '') as "documentNo", a.document_date::text as "documentDate",
			coalesce(a.approver, '') as approver, v.name as organiser,
			array(select coalesce(t.name_vi, x.code) from unnest(a.topics) with ordinality x (code, no)
				left join training_topic t on t.code = x.code order by x.no) as topics,
			a.mode, a.starts_on::text as "startsOn",
			act.ended_on::text as "endedOn", a.teaching_periods::float8 as "teachingPeriods",
			given_out.certificates, part.summoned, ${attendeeCount(sql`a`)} as attended, part.completed + given.completed as completed,
			a.state_budget_vnd::float8 as "stateBudgetVnd", a.other_funds_vnd::float8 as "otherFundsVnd",
			(select count(*) from evidence_file e where e.activity_id = a.id and e.voided_at is null)::int as "evidenceCount",
			act.is_early as "isEarly", act.is_counted as "isCounted"
		from act join training_activity a on a.id = act.id join unit u on u.id = a.organiser_unit_id ${namedOn(window.to)}
		cross join lateral (
			select count(*) filter (where pt.summoned_on is not null)::int as summoned,
				count(*) filter (where pt.completed_on <= ${window.to}::date)::int as completed
			from participation pt where pt.activity_id = a.id and pt.voided_at is null) part
		cross join lateral (
			select coalesce(sum(r.trained_count), 0)::int as completed from aggregate_result r
			where r.activity_id = a.id and r.voided_at is null and r.completed_on <= ${window.to}::date) given
		cross join lateral (
			select nullif(count(*), 0)::int as certificates from certificate c join participation pt on pt.id = c.participation_id
			where pt.activity_id = a.id and pt.voided_at is null and c.issued_on <= ${window.to}::date
				and (c.revoked_at is null or c.revoked_at >= (${window.to}::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
		) given_out
		order by act.ended_on, v.name collate "vi-x-icu", a.id`);
	return [...rows];
}

/** Biểu 04: the activities of Biểu 03 by mode; completions are distinct people. */
export async function modeRows(
	db: Database,
	selection: ActivitySelection,
	activities: readonly ActivityRow[]
): Promise<ModeRow[]> {
	const distinct = await db.execute<{ mode: string; completed: number }>(sql`
		with ${activityCtes(selection)},
		named as (
			select act.mode, count(distinct coalesce(p.canonical_id, p.id)) as completed from act
			join participation pt on pt.activity_id = act.id join person p on p.id = pt.person_id
			where pt.voided_at is null and pt.completed_on <= ${selection.window.to}::date group by act.mode
		), given as (
			select act.mode, sum(r.trained_count) as completed from act join aggregate_result r on r.activity_id = act.id
			where r.voided_at is null and r.completed_on <= ${selection.window.to}::date group by act.mode
		)
		select mode, sum(completed)::int as completed from (select * from named union all select * from given) done
		group by mode`);
	return DELIVERY_MODES.map((mode) => {
		const own = activities.filter((row) => row.mode === mode);
		return {
			mode,
			activities: own.length,
			attendances: sum(own, ({ attended }) => attended),
			completed: distinct.find((row) => row.mode === mode)?.completed ?? 0,
			teachingPeriods: sum(own, ({ teachingPeriods }) => teachingPeriods)
		};
	});
}

/** Biểu 09: the funds of the activities of Biểu 03 by the year in which each ended; every year from first to last. */
export function budgetRows(activities: readonly ActivityRow[], from: string, to: string): BudgetRow[] {
	const first = Number(from.slice(0, 4));
	const years = Array.from({ length: Number(to.slice(0, 4)) - first + 1 }, (_, i) => first + i);
	return years.map((year) => {
		const own = activities.filter(({ endedOn }) => endedOn.startsWith(String(year)));
		return {
			year,
			stateBudgetVnd: sum(own, ({ stateBudgetVnd }) => stateBudgetVnd ?? 0),
			otherFundsVnd: sum(own, ({ otherFundsVnd }) => otherFundsVnd ?? 0)
		};
	});
}

function sum<Row>(rows: readonly Row[], value: (row: Row) => number): number {
	return rows.reduce((total, row) => total + value(row), 0);
}
