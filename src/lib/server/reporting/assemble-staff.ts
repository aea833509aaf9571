import { sql } from 'drizzle-orm';
import type { Window } from '#lib/indicators/period.ts';
import type { AggregateRosterRow } from '#lib/indicators/aggregates.ts';
import type { StaffRow } from '#lib/reporting/report-content.ts';
import type { CategoryName } from '../indicators/categories.ts';
import { peopleCtes, type PeopleSelection } from '../indicators/people-sql.ts';
import type { Database } from '../platform/database.ts';

type Counts = Omit<StaffRow, 'name' | 'aggregate' | 'ethnicMinority'>;

/**
 * Biểu 01: the roster of the targets page at the cut-off by category, sex and degree, then everybody once. Increase and
 * decrease compare it with the roster on the eve of the period, so that stock before + increase − decrease = stock now.
 */
export async function staffRows(
	db: Database,
	selection: PeopleSelection,
	{ from }: Window,
	categories: readonly CategoryName[],
	rosters: readonly AggregateRosterRow[]
): Promise<StaffRow[]> {
	const counts = await rosterCounts(db, selection, from);
	const inNumbers = (code?: string) =>
		rosters.reduce((sum, row) => sum + (!code || row.categoryCode === code ? row.headcount : 0), 0);
	const row = (code: string, name: string, aggregate: number): StaffRow => {
		const found = counts.find((count) => count.code === code) ?? { ...NOBODY, code };
		return { ...found, name, total: found.total + aggregate, aggregate, ethnicMinority: null };
	};
	return [
		...categories.map(({ code, nameVi }) => row(code, nameVi, inNumbers(code))),
		row('total', 'Tổng số (mỗi người tính một lần)', inNumbers())
	];
}

const NOBODY = {
	...{ total: 0, male: 0, female: 0, lawDegree: 0, otherDegree: 0, otherQualification: 0 },
	...{ increase: 0, decrease: 0 }
};

async function rosterCounts(db: Database, selection: PeopleSelection, from: string): Promise<Counts[]> {
	const eve = { ...selection, window: { from, to: dayBefore(from) } };
	const pairs = sql`select base.person_id, t.code from base join target_category t on t.code = any(base.categories)
		union all select person_id, 'total' from base`;
	const rows = await db.execute<Counts>(sql`
		with now_on as materialized (with ${peopleCtes(selection)} ${pairs}),
		before_on as materialized (with ${peopleCtes(eve)} ${pairs})
		select coalesce(n.code, b.code) as code, count(n.person_id)::int as total,
			count(n.person_id) filter (where p.gender = 'male')::int as male,
			count(n.person_id) filter (where p.gender = 'female')::int as female,
			count(n.person_id) filter (where p.qualification = 'law_degree')::int as "lawDegree",
			count(n.person_id) filter (where p.qualification = 'other_degree')::int as "otherDegree",
			count(n.person_id) filter (where coalesce(p.qualification, 'other') = 'other')::int as "otherQualification",
			count(*) filter (where b.person_id is null)::int as increase,
			count(*) filter (where n.person_id is null)::int as decrease
		from now_on n full join before_on b using (person_id, code)
		join person p on p.id = coalesce(n.person_id, b.person_id)
		group by 1`);
	return [...rows];
}

function dayBefore(day: string): string {
	const instant = new Date(`${day}T00:00:00Z`);
	instant.setUTCDate(instant.getUTCDate() - 1);
	return instant.toISOString().slice(0, 10);
}
