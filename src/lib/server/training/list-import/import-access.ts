import { and, eq } from 'drizzle-orm';
import { authorise, type UnitScope } from '../../identity/permissions.ts';
import { inScope } from '../../organisation/scope.ts';
import { units } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { listImports } from '../list-import-tables.ts';

export type ListImport = typeof listImports.$inferSelect;

/** A list of the actor's units. @throws {DomainError} `not_found` `training.no_list_import` */
export async function getListImport(db: Database, scope: UnitScope, importId: string): Promise<ListImport> {
	const [row] = await db
		.select({ list: listImports })
		.from(listImports)
		.innerJoin(units, eq(units.id, listImports.unitId))
		.where(and(eq(listImports.id, importId), inScope(units.path, scope)));
	if (!row) throw new DomainError('not_found', 'training.no_list_import');
	return row.list;
}

/** As {@link getListImport}, for a change of it: other changes of the same list wait. */
export async function lockListImport(ctx: Context, tx: Database, importId: string): Promise<ListImport> {
	const list = await getListImport(tx, authorise(ctx.actor, 'training:manage'), importId);
	const [locked] = await tx.select().from(listImports).where(eq(listImports.id, list.id)).for('no key update');
	if (!locked || locked.undoneAt) throw new DomainError('conflict', 'training.list_undone');
	return locked;
}
