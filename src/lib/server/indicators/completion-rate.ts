import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import type { PeopleSelection } from './people-sql.ts';

/**
 * Participations (lượt) behind the completion rate hoàn thành / triệu tập: people of the subtree's units, as they were
 * then, summoned in the window to a class that was not cancelled. A management figure, not a target; walk-ins are on
 * neither side.
 */
export function summonedCondition({ window, unit }: PeopleSelection, { isDirect = false } = {}): SQL {
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`pt.voided_at is null and pt.summoned_on between ${window.from}::date and ${window.to}::date
		and pt.unit_id_then in (select u.id from unit u where ${within})
		and pt.activity_id not in (select id from training_activity where status = 'cancelled')`;
}

/** Completed on or before the cut-off. */
export const completedBy = ({ window }: PeopleSelection): SQL => sql`(pt.completed_on <= ${window.to}::date)`;

export type CompletionRate = Readonly<{ unitId: string; whole: number; part: number }>;

/** Summoned and completed per unit of the people then. */
export async function completionRates(db: Database, selection: PeopleSelection): Promise<CompletionRate[]> {
	const rows = await db.execute<CompletionRate>(sql`
		select pt.unit_id_then as "unitId", count(*)::int as whole,
			count(*) filter (where ${completedBy(selection)})::int as part
		from participation pt where ${summonedCondition(selection)} group by pt.unit_id_then`);
	return [...rows];
}
