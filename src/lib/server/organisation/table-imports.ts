import { and, desc, eq, sql } from 'drizzle-orm';
import { type Journaled, closeChangeSet, noteCreated, openChangeSet, sealChangeSet } from '../audit/change-journal.ts';
import { changeSets } from '../audit/tables.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { UnitScope } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { tableImports } from './table-import-tables.ts';

type Kind = 'units' | 'activities';

/** A table that is taken in: its id came with the form. */
export type TableImport = Readonly<{ id: string; kind: Kind; fileName: string | null }>;

/** Imports on one page. */
const SHOWN = 10;

/**
 * Writes the rows of a table and notes them, so that they can be taken back; in the caller's transaction.
 * @param write writes the rows, and answers with their ids by table
 * @returns how many came in; undefined when this very form was sent before
 */
export async function takeTableIn(
	ctx: Context,
	tx: Database,
	{ id, kind, fileName }: TableImport,
	write: () => Promise<readonly (readonly [Journaled, readonly string[]])[]>
): Promise<number | undefined> {
	const changeSetId = await openChangeSet(tx);
	const recordedBy = accountIdOf(ctx.actor);
	const begun = await tx
		.insert(tableImports)
		.values({ id, kind, fileName: fileName?.normalize('NFC').slice(-200), lines: 0, changeSetId, recordedBy })
		.onConflictDoNothing()
		.returning({ id: tableImports.id });
	if (begun.length === 0) return undefined;
	const made = await write();
	for (const [journaled, rowIds] of made) await noteCreated(tx, changeSetId, journaled, rowIds);
	await sealChangeSet(
		tx,
		changeSetId,
		made.map(([journaled]) => journaled)
	);
	const lines = made[0]?.[1].length ?? 0;
	await tx.update(tableImports).set({ lines }).where(eq(tableImports.id, id));
	return lines;
}

/** The latest tables that came in: the actor's own, or everybody's for who answers for the whole province. */
export function listTableImports(ctx: Context, scope: UnitScope, kind: Kind) {
	return ctx.db
		.select({
			...{ id: tableImports.id, fileName: tableImports.fileName, lines: tableImports.lines },
			recordedAt: tableImports.recordedAt,
			isUndone: sql<boolean>`${changeSets.undoneAt} is not null`
		})
		.from(tableImports)
		.innerJoin(changeSets, eq(changeSets.id, tableImports.changeSetId))
		.where(and(eq(tableImports.kind, kind), mine(ctx, scope)))
		.orderBy(desc(tableImports.recordedAt))
		.limit(SHOWN);
}

const mine = (ctx: Context, scope: UnitScope) =>
	scope.kind === 'everything' ? undefined : sql`${tableImports.recordedBy} = ${accountIdOf(ctx.actor)}`;

/**
 * Claims an import to be taken back.
 * @returns its change set
 * @throws {DomainError} `not_found`; `conflict` `organisation.import_not_undoable` when it was taken back before
 */
export async function claimUndo(
	ctx: Context,
	tx: Database,
	scope: UnitScope,
	{ id, kind }: { id: string; kind: Kind }
): Promise<string> {
	const [found] = await tx
		.select({ setId: tableImports.changeSetId })
		.from(tableImports)
		.where(and(eq(tableImports.id, id), eq(tableImports.kind, kind), mine(ctx, scope)));
	if (!found) throw new DomainError('not_found', 'organisation.import_not_found');
	if (!(await closeChangeSet(tx, found.setId, ctx.now))) {
		throw new DomainError('conflict', 'organisation.import_not_undoable');
	}
	return found.setId;
}
