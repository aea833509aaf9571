import { sql } from 'drizzle-orm';
import type { AggregateResultRow, AggregateRosterRow } from '#lib/indicators/aggregates.ts';
import type { Database } from '../platform/database.ts';
import { trainedCondition } from '../training/qualifying.ts';
import { activityCtes, type ActivitySelection } from './activities-sql.ts';
import { peopleCtes, type PeopleSelection } from './people-sql.ts';
import { namedOn } from './selection.ts';

/** People of one unit or of one month (of their first training), named ones only. */
export type PeopleFigures = Readonly<{
	byUnit: readonly { unitId: string; whole: number; part: number }[];
	/** `yyyy-mm` of the first completion → people. */
	byMonth: readonly { month: string; part: number }[];
	byCategory: readonly { categoryCode: string; whole: number; part: number }[];
	/** Of the same roster: trained in the calendar year of the cut-off, and since the plan began. */
	inYear: number;
	sincePlan: number;
}>;

type PeopleRow = { kind: 'unit' | 'month' | 'category' | 'other'; key: string; whole: number; part: number };

/** The roster and who of it is trained, in one pass over the people. */
export async function peopleFigures(db: Database, selection: PeopleSelection): Promise<PeopleFigures> {
	const rows = await db.execute<PeopleRow>(sql`
		with ${peopleCtes(selection)},
		grouped as (
			select unit_id, date_trunc('month', first_on)::date as month, count(*)::int as whole, count(first_on)::int as part,
				count(year_on)::int as in_year, count(since_on)::int as since_plan
			from base group by 1, 2
		)
		select 'unit' as kind, unit_id::text as key, sum(whole)::int as whole, sum(part)::int as part from grouped group by unit_id
		union all
		select 'month', to_char(month, 'YYYY-MM'), sum(whole)::int, sum(part)::int from grouped
		where month is not null group by month
		union all
		select 'other', '', coalesce(sum(in_year), 0)::int, coalesce(sum(since_plan), 0)::int from grouped
		union all
		select 'category', member.category_code, count(*)::int, count(base.first_on)::int
		from base join member using (person_id) group by member.category_code`);
	const of = (kind: PeopleRow['kind']) => rows.filter((row) => row.kind === kind);
	const [other] = of('other');
	return {
		inYear: other?.whole ?? 0,
		sincePlan: other?.part ?? 0,
		byUnit: of('unit').map(({ key, whole, part }) => ({ unitId: key, whole, part })),
		byMonth: of('month').map(({ key, part }) => ({ month: key, part })),
		byCategory: of('category').map(({ key, whole, part }) => ({ categoryCode: key, whole, part }))
	};
}

/** Activities of one unit, or of one month. `counted` is online by the chosen rule, `online` by the strict one. */
export type ActivityCounts = Readonly<{
	whole: number;
	online: number;
	hybrid: number;
	counted: number;
	/** Ended before the Decision of 15/4/2025. */
	early: number;
}>;
export type ActivityFigures = Readonly<{
	byUnit: readonly (ActivityCounts & { unitId: string })[];
	byMonth: readonly (ActivityCounts & { month: string })[];
}>;

/** Qualifying ended activities in one pass. */
export async function activityFigures(db: Database, selection: ActivitySelection): Promise<ActivityFigures> {
	const rows = await db.execute<ActivityCounts & { unitId: string | null; month: string | null }>(sql`
		with ${activityCtes(selection)}
		select unit_id::text as "unitId", to_char(month, 'YYYY-MM') as month, count(*)::int as whole,
			count(*) filter (where is_online)::int as online, count(*) filter (where mode = 'hybrid')::int as hybrid,
			count(*) filter (where is_counted)::int as counted, count(*) filter (where is_early)::int as early
		from (select *, date_trunc('month', ended_on)::date as month from act) dated
		group by grouping sets ((unit_id), (month))`);
	return {
		byUnit: rows.flatMap(({ unitId, ...counts }) => (unitId ? [{ ...counts, unitId }] : [])),
		byMonth: rows.flatMap(({ month, ...counts }) => (month ? [{ ...counts, month }] : []))
	};
}

/** Lượt người dự các hoạt động đó: one person in three classes is three. */
export async function countAttendances(db: Database, selection: ActivitySelection): Promise<number> {
	const [row] = await db.execute<{ count: number }>(sql`
		with ${activityCtes(selection)}
		select ((select count(*) from participation pt
				where pt.voided_at is null and (pt.attended_on is not null or pt.completed_on is not null)
					and pt.activity_id in (select id from act))
			+ (select coalesce(sum(r.trained_count), 0) from aggregate_result r
				where r.voided_at is null and r.activity_id in (select id from act)))::int as count`);
	return row?.count ?? 0;
}

/** Qualifying completions at classes of other bodies (Bộ, Học viện …): they train people and are no activity of the province. */
export async function countExternal(db: Database, selection: ActivitySelection): Promise<number> {
	const { window, unit, rule } = selection;
	const [row] = await db.execute<{ count: number }>(sql`
		select count(*)::int as count from training_activity a
		where a.source = 'external' and ${trainedCondition(rule, sql`a`)}
			and coalesce(a.ended_on, a.due_on) between ${window.from}::date and ${window.to}::date
			and a.organiser_unit_id in (select u.id from unit u where u.path <@ ${unit.path}::ltree)`);
	return row?.count ?? 0;
}

/** Head counts and results of units that may not hand over names, in the subtree. */
export async function aggregateRows(
	db: Database,
	{ window, unit, rule }: PeopleSelection
): Promise<{ rosters: AggregateRosterRow[]; results: AggregateResultRow[] }> {
	const within = sql`in (select u.id from unit u where u.path <@ ${unit.path}::ltree)`;
	const [rosters, results] = await Promise.all([
		db.execute<AggregateRosterRow>(sql`
			select unit_id as "unitId", category_code as "categoryCode", headcount from aggregate_roster
			where valid_from <= ${window.to}::date and (valid_to is null or valid_to > ${window.to}::date)
				and category_code in (select code from category where is_target) and unit_id ${within}`),
		db.execute<AggregateResultRow>(sql`
			select r.unit_id as "unitId", r.category_code as "categoryCode", r.trained_count as "trainedCount",
				r.completed_on::text as "completedOn"
			from aggregate_result r left join training_activity a on a.id = r.activity_id
			where r.voided_at is null and r.completed_on between ${window.from}::date and ${window.to}::date
				and (a.id is null or ${trainedCondition(rule, sql`a`)}) and r.unit_id ${within}`)
	]);
	return { rosters: [...rosters], results: [...results] };
}

/** A unit of the subtree with its place, as it was called on the cut-off. */
export type UnitRow = Readonly<{
	id: string;
	code: string;
	name: string;
	path: string;
	type: string;
	isClosed: boolean;
}>;

/** All units of the subtree, in the order of the tree and of their names. */
export async function subtreeUnits(db: Database, { window, unit }: PeopleSelection): Promise<UnitRow[]> {
	const rows = await db.execute<UnitRow>(sql`
		select u.id, u.code, coalesce(v.name, u.code) as name, u.path::text as path, v.type,
			coalesce(v.valid_to <= ${window.to}::date, false) as "isClosed"
		from unit u ${namedOn(window.to)}
		where u.path <@ ${unit.path}::ltree order by v.name collate "vi-x-icu"`);
	return [...rows];
}
