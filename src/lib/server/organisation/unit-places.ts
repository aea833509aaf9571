import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';

/**
 * Writes every unit's `path` anew from the dated rows, where it differs. A unit that exists stands below its present
 * superior; one that ended stands below its main successor, or where it stood last. Call it in the transaction of every
 * change of superiors or successors; the caller has locked the table.
 */
export async function placeUnits(tx: Database): Promise<void> {
	await tx.execute(sql`
		with recursive last as (
			select distinct on (unit_id) unit_id, parent_id, valid_to from unit_version order by unit_id, valid_from desc
		),
		above as (
			select u.id, u.no, coalesce(case when l.valid_to is not null then (
				select s.to_unit_id from unit_succession s where s.from_unit_id = u.id and s.is_main
				order by s.on_date desc limit 1) end, l.parent_id) as parent_id
			from unit u left join last l on l.unit_id = u.id
		),
		placed(id, path) as (
			select id, no::text::ltree from above where parent_id is null
			union all
			select a.id, p.path || a.no::text from above a join placed p on p.id = a.parent_id
		)
		update unit set path = placed.path from placed where unit.id = placed.id and unit.path <> placed.path`);
}
