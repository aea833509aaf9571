import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { UnitScope } from '../identity/permissions.ts';
import type { Database } from '../platform/database.ts';

/**
 * Condition "the unit with this path lies in the scope", for a query's WHERE. `path` is `units.path` of the joined unit.
 * Ltree `<@`, served by the GiST index.
 */
export function inScope(path: PgColumn | SQL, scope: UnitScope): SQL {
	if (scope.kind === 'everything') return sql`true`;
	return sql`${path} <@ any(${sql.param(`{${scope.paths.join(',')}}`)}::ltree[])`;
}

/** Which of these people belong to a unit of the scope on a day (`yyyy-mm-dd`): whose pages its reader may open. */
export async function peopleInScope(
	db: Database,
	personIds: readonly string[],
	scope: UnitScope,
	day: string
): Promise<ReadonlySet<string>> {
	if (personIds.length === 0) return new Set();
	const rows = await db.execute<{ person_id: string }>(sql`
		select distinct f.person_id from affiliation f join unit u on u.id = f.unit_id
		where f.person_id = any(${sql.param(`{${personIds.join(',')}}`)}::uuid[]) and ${inScope(sql`u.path`, scope)}
			and f.valid_from <= ${day}::date and (f.valid_to is null or f.valid_to > ${day}::date)`);
	return new Set(rows.map((row) => row.person_id));
}
