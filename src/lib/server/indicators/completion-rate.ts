import { type SQL, sql } from 'drizzle-orm';
import { PLAN_ANEW, type Database } from '../platform/database.ts';
import type { PeopleSelection } from './people-sql.ts';

/**
 * Participations (lượt) behind the completion rate hoàn thành / triệu tập: people of the subtree's units, as they were
 * then, summoned in the window to a class that was not cancelled. A management figure, not a target; walk-ins are on
 * neither side.
 */
export function summonedCondition({ window, unit }: PeopleSelection, { isDirect = false } = {}): SQL {
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`${PLAN_ANEW} pt.voided_at is null and pt.summoned_on between ${window.from}::date and ${window.to}::date
		and pt.unit_id_then in (select u.id from unit u where ${within})
		and pt.activity_id not in (select id from training_activity where status = 'cancelled')`;
}

/** Completed on or before the cut-off. */
export const completedBy = ({ window }: PeopleSelection): SQL => sql`(pt.completed_on <= ${window.to}::date)`;

export type CompletionRate = Readonly<{ unitId: string; whole: number; part: number }>;

/**
 * Summoned and completed per unit of the people then; the same rows as {@link summonedCondition}, counted from the tally by
 * months (training/tally-tables.ts). What the tally holds beyond the window's days, and the few of cancelled classes, is
 * taken off from the participations themselves; with a cut-off of today there is next to nothing of it.
 */
export async function completionRates(db: Database, selection: PeopleSelection): Promise<CompletionRate[]> {
	const { window, unit } = selection;
	const within = sql`in (select u.id from unit u where u.path <@ ${unit.path}::ltree)`;
	const [firstMonth, lastMonth, lastDay] = [monthOf(window.from), monthOf(window.to), lastDayOf(window.to)];
	const live = sql`pt.voided_at is null and pt.unit_id_then ${within}`;
	const inWindow = sql`pt.summoned_on between ${window.from}::date and ${window.to}::date`;
	const completedInTally = sql`coalesce(pt.completed_on <= ${lastDay}::date, false)::int`;
	const rows = await db.execute<CompletionRate>(sql`${PLAN_ANEW}
		with tallied as (
			select unit_id, sum(people) as whole, coalesce(sum(people) filter (where completed_month <= ${lastMonth}::date), 0) as part
			from summons_tally
			where summoned_month between ${firstMonth}::date and ${lastMonth}::date and unit_id ${within} group by unit_id
		), outside as (
			select pt.unit_id_then as unit_id, 1 as whole, ${completedInTally} as part from participation pt
			where ${live} and pt.summoned_on >= ${firstMonth}::date and pt.summoned_on < ${window.from}::date
			union all
			select pt.unit_id_then, 1, ${completedInTally} from participation pt
			where ${live} and pt.summoned_on > ${window.to}::date and pt.summoned_on <= ${lastDay}::date
			union all
			select pt.unit_id_then, 0, 1 from participation pt
			where ${live} and ${inWindow} and pt.completed_on > ${window.to}::date and pt.completed_on <= ${lastDay}::date
			union all
			select pt.unit_id_then, 1, coalesce(${completedBy(selection)}, false)::int from participation pt
			where ${live} and ${inWindow} and pt.activity_id in (select id from training_activity where status = 'cancelled')
		), off as (
			select unit_id, sum(whole) as whole, sum(part) as part from outside group by unit_id
		)
		select t.unit_id as "unitId", (t.whole - coalesce(off.whole, 0))::int as whole, (t.part - coalesce(off.part, 0))::int as part
		from tallied t left join off on off.unit_id = t.unit_id where t.whole > coalesce(off.whole, 0)`);
	return [...rows];
}

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const lastDayOf = (day: string) =>
	new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);
