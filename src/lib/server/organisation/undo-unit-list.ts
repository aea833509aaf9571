import { and, inArray } from 'drizzle-orm';
import { listChangedRows, removeFree, removeRows } from '../audit/change-journal.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import { roleGrants } from '../identity/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { claimUndo, listTableImports } from './table-imports.ts';
import { unitVersions } from './tables.ts';
import { JOURNALED } from './unit-list.ts';

/** The latest tables of units that came in. */
export const listUnitImports = (ctx: Context) => listTableImports(ctx, authorise(ctx.actor, 'unit:manage'), 'units');

/**
 * Takes a table of units back. Units that have people, classes or accounts' roles by now, or were edited, stay.
 * @throws {DomainError} `not_found`; `conflict` `organisation.import_not_undoable`
 */
export async function undoUnits(ctx: Context, id: string): Promise<{ removed: number; left: number }> {
	const scope = authorise(ctx.actor, 'unit:manage');
	return ctx.db.transaction(async (tx) => {
		const setId = await claimUndo(ctx, tx, scope, { id, kind: 'units' });
		const rows = await listChangedRows(tx, setId, JOURNALED.units);
		const versions = await listChangedRows(tx, setId, JOURNALED.versions);
		const own = versions.filter(({ isTouched }) => !isTouched).map(({ rowId }) => rowId);
		const untouched = rows.filter(({ isTouched }) => !isTouched).map(({ rowId }) => rowId);
		const governed = await withRoles(tx, untouched);
		const free = untouched.filter((unitId) => !governed.has(unitId));
		const stay = await removeFree(tx, free, async (inner, ids) => {
			await inner
				.delete(unitVersions)
				.where(and(inArray(unitVersions.id, own), inArray(unitVersions.unitId, [...ids])));
			await removeRows(inner, JOURNALED.units, ids);
		});
		const undone = { removed: free.length - stay.length, left: rows.length - free.length + stay.length };
		await recordAudit(ctx, tx, 'unit.list_import_undone', { objectId: id, ...undone });
		return undone;
	});
}

/** Units in which somebody holds a role; nothing in the database ties the role to the unit's row. */
async function withRoles(tx: Database, unitIds: readonly string[]): Promise<ReadonlySet<string>> {
	if (unitIds.length === 0) return new Set();
	const rows = await tx
		.select({ unitId: roleGrants.unitId })
		.from(roleGrants)
		.where(inArray(roleGrants.unitId, [...unitIds]));
	return new Set(rows.map(({ unitId }) => unitId));
}
