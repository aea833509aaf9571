import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { UnitScope } from '../identity/permissions.ts';

/**
 * Condition "the unit with this path lies in the scope", for a query's WHERE. `path` is `units.path` of the joined unit.
 * Ltree `<@`, served by the GiST index.
 */
export function inScope(path: PgColumn | SQL, scope: UnitScope): SQL {
	if (scope.kind === 'everything') return sql`true`;
	return sql`${path} <@ any(${sql.param(`{${scope.paths.join(',')}}`)}::ltree[])`;
}
