import { sql } from 'drizzle-orm';
import type { AggregateResultRow, AggregateRosterRow } from '#lib/indicators/aggregates.ts';
import { PLAN_ANEW, type Database } from '../platform/database.ts';
import { trainedCondition } from '../training/qualifying.ts';
import { activityCtes, type ActivitySelection } from './activities-sql.ts';
import { peopleCtes, type PeopleSelection } from './people-sql.ts';
import { namedOn } from './selection.ts';

/** People of one unit or of one month (of their first training), named ones only. */
export type PeopleFigures = Readonly<{
	byUnit: readonly { unitId: string; whole: number; part: number }[];
	/** `yyyy-mm` of the first completion → people; a month may stand in several rows. */
	byMonth: readonly { month: string; part: number }[];
	byCategory: readonly { categoryCode: string; whole: number; part: number }[];
	/** Of the same roster: trained in the calendar year of the cut-off, and since the plan began. */
	inYear: number;
	sincePlan: number;
}>;

type PeopleRow = {
	kind: 'unit' | 'day' | 'category';
	key: string;
	whole: number;
	part: number;
	inYear: number;
	sincePlan: number;
};

/** The roster and who of it is trained. Days become months here: truncating 100,000 dates in SQL costs more than the rest. */
export async function peopleFigures(db: Database, selection: PeopleSelection): Promise<PeopleFigures> {
	const sums = sql`sum(whole)::int as whole, sum(part)::int as part, sum(year)::int as "inYear", sum(since)::int as "sincePlan"`;
	const rows = await db.execute<PeopleRow>(sql`
		with ${peopleCtes(selection)},
		counted as materialized (
			select unit_id, first_on, categories, count(*) as whole, count(first_on) as part, count(year_on) as year,
				count(since_on) as since, grouping(unit_id, first_on, categories) as absent
			from base group by grouping sets ((unit_id), (first_on), (categories))
		)
		select 'unit' as kind, unit_id::text as key, ${sums} from counted where absent = b'011'::int group by unit_id
		union all
		select 'day', first_on::text, ${sums} from counted where absent = b'101'::int and first_on is not null group by first_on
		union all
		select 'category', t.code, ${sums} from counted join target_category t on t.code = any(counted.categories)
			where absent = b'110'::int group by t.code`);
	const of = (kind: PeopleRow['kind']) => rows.filter((row) => row.kind === kind);
	const units = of('unit');
	return {
		inYear: units.reduce((sum, row) => sum + row.inYear, 0),
		sincePlan: units.reduce((sum, row) => sum + row.sincePlan, 0),
		byUnit: units.map(({ key, whole, part }) => ({ unitId: key, whole, part })),
		byMonth: of('day').map(({ key, part }) => ({ month: key.slice(0, 7), part })),
		byCategory: of('category').map(({ key, whole, part }) => ({ categoryCode: key, whole, part }))
	};
}

/** Activities of one unit, or of one month. `counted` is online by the chosen rule, `online` by the strict one. */
type ActivityCounts = Readonly<{
	whole: number;
	online: number;
	hybrid: number;
	counted: number;
	/** Ended before the Decision of 15/4/2025. */
	early: number;
	/** Lượt người dự: one person in three classes is three. */
	attendances: number;
}>;
export type ActivityFigures = Readonly<{
	byUnit: readonly (ActivityCounts & { unitId: string })[];
	byMonth: readonly (ActivityCounts & { month: string })[];
}>;

/** Qualifying ended activities in one pass. */
export async function activityFigures(db: Database, selection: ActivitySelection): Promise<ActivityFigures> {
	const rows = await db.execute<ActivityCounts & { unitId: string | null; day: string | null }>(sql`
		with ${activityCtes(selection)}
		select unit_id::text as "unitId", ended_on::text as day, count(*)::int as whole,
			count(*) filter (where is_online)::int as online, count(*) filter (where mode = 'hybrid')::int as hybrid,
			count(*) filter (where is_counted)::int as counted, count(*) filter (where is_early)::int as early,
			sum(attendees)::int as attendances
		from act group by grouping sets ((unit_id), (ended_on))`);
	return {
		byUnit: rows.flatMap(({ unitId, day: _, ...counts }) => (unitId ? [{ ...counts, unitId }] : [])),
		byMonth: rows.flatMap(({ unitId: _, day, ...counts }) => (day ? [{ ...counts, month: day.slice(0, 7) }] : []))
	};
}

/** Lượt người dự of those activities alone. */
export async function countAttendances(db: Database, selection: ActivitySelection): Promise<number> {
	const [row] = await db.execute<{ count: number }>(
		sql`with ${activityCtes(selection)} select coalesce(sum(attendees), 0)::int as count from act`
	);
	return row?.count ?? 0;
}

/** Qualifying completions at classes of other bodies (Bộ, Học viện …): they train people and are no activity of the province. */
export async function countExternal(db: Database, selection: ActivitySelection): Promise<number> {
	const { window, unit, rule } = selection;
	const [row] = await db.execute<{ count: number }>(sql`${PLAN_ANEW}
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
