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
 * Summoned and completed per unit of the people then; the same rows as {@link summonedCondition}, counted from the index of
 * units and days alone, the few of cancelled classes being taken off.
 */
export async function completionRates(db: Database, selection: PeopleSelection): Promise<CompletionRate[]> {
	const { window, unit } = selection;
	const within = sql`in (select u.id from unit u where u.path <@ ${unit.path}::ltree)`;
	const counts = sql`pt.unit_id_then as id, count(*) as whole, count(*) filter (where ${completedBy(selection)}) as part`;
	const summoned = sql`pt.voided_at is null and pt.summoned_on is not null
		and pt.summoned_on between ${window.from}::date and ${window.to}::date`;
	const isAll = !unit.path.includes('.'); // the top of the tree needs no look at each row's unit
	const rows = await db.execute<CompletionRate>(sql`${PLAN_ANEW}
		with everything as (
			select ${counts} from participation pt where ${summoned} ${isAll ? sql`` : sql`and pt.unit_id_then ${within}`} group by 1
		), cancelled as (
			select ${counts} from participation pt where ${summoned} and pt.unit_id_then ${within}
				and pt.activity_id in (select id from training_activity where status = 'cancelled') group by 1
		)
		select e.id as "unitId", (e.whole - coalesce(c.whole, 0))::int as whole, (e.part - coalesce(c.part, 0))::int as part
		from everything e left join cancelled c on c.id = e.id where e.whole > coalesce(c.whole, 0)`);
	return [...rows];
}
