import { and, eq, sql } from 'drizzle-orm';
import { closeChangeSet, listChangedRows, removeFree, removeRows, restoreRows } from '../audit/change-journal.ts';
import { recordAudit } from '../audit/record.ts';
import { accounts } from '../identity/tables.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { getRosterImport } from './roster-imports.ts';
import { JOURNALED } from './roster-store.ts';
import { rosterImports } from './tables.ts';

/** What an undo took back, and what it let be since somebody has changed or used it meanwhile. */
export type UndoneImport = Readonly<{ removed: number; restored: number; left: number }>;

/**
 * Takes a whole import back: people it added go, what it changed reads as before. People who were put on a class, got an
 * account or were edited since stay, and the answer counts them.
 * @throws {DomainError} `not_found`; `conflict` `organisation.import_not_undoable` when nothing was written or it was taken
 * back before
 */
export async function undoRosterImport(ctx: Context, importId: string): Promise<UndoneImport> {
	const { changeSetId: setId, unitId } = await getRosterImport(ctx, importId);
	return ctx.db.transaction(async (tx) => {
		const changed = await tx
			.update(rosterImports)
			.set({ state: 'undone' })
			.where(and(eq(rosterImports.id, importId), eq(rosterImports.state, 'imported')))
			.returning({ id: rosterImports.id });
		if (changed.length === 0 || !setId || !(await closeChangeSet(tx, setId, ctx.now))) {
			throw new DomainError('conflict', 'organisation.import_not_undoable');
		}
		const undone = await takeBack(tx, setId);
		await recordAudit(ctx, tx, 'roster_import.undone', { objectId: importId, unitId: unitId ?? undefined, ...undone });
		return undone;
	});
}

async function takeBack(tx: Database, setId: string): Promise<UndoneImport> {
	const people = await listChangedRows(tx, setId, JOURNALED.people);
	const places = await listChangedRows(tx, setId, JOURNALED.places);
	const memberships = await listChangedRows(tx, setId, JOURNALED.memberships);
	const times = { affiliation: untouchedMade(places), category_membership: untouchedMade(memberships) };
	const made = untouchedMade(people);
	const owners = await withAccount(tx, made);
	const free = made.filter((personId) => !owners.has(personId));
	const inUse = await removeFree(tx, free, async (inner, ids) => {
		for (const [table, rowIds] of Object.entries(times)) await removeTimes(inner, table, rowIds, ids);
		// what others added to a person since still refers to the row, which then stays with all it had
		await removeRows(inner, JOURNALED.people, ids);
	});
	const own = new Set(people.filter(({ isMade }) => isMade).map(({ rowId }) => rowId));
	for (const [table, rowIds] of Object.entries(times)) await removeTimesOfOthers(tx, table, rowIds, [...own]);
	let restored = 0;
	for (const [journaled, rows] of [
		[JOURNALED.people, people],
		[JOURNALED.places, places],
		[JOURNALED.memberships, memberships]
	] as const) {
		const back = rows.filter(({ isMade, isTouched }) => !isMade && !isTouched).map(({ rowId }) => rowId);
		await restoreRows(tx, setId, journaled, back);
		restored += back.length;
	}
	const touched = [...people, ...places, ...memberships].filter(({ isTouched }) => isTouched).length;
	return { removed: free.length - inUse.length, restored, left: inUse.length + owners.size + touched };
}

/** People who have an account; nothing in the database ties the account to the person's row. */
async function withAccount(tx: Database, personIds: readonly string[]): Promise<ReadonlySet<string>> {
	const rows = await tx
		.select({ personId: accounts.personId })
		.from(accounts)
		.where(sql`${accounts.personId} = any(${sql.param([...personIds])}::uuid[])`);
	return new Set(rows.flatMap(({ personId }) => (personId ? [personId] : [])));
}

const untouchedMade = (rows: readonly { rowId: string; isMade: boolean; isTouched: boolean }[]) =>
	rows.filter(({ isMade, isTouched }) => isMade && !isTouched).map(({ rowId }) => rowId);

/** Removes what the import added to these people. */
async function removeTimes(tx: Database, table: string, rowIds: readonly string[], personIds: readonly string[]) {
	await tx.execute(sql`delete from ${sql.identifier(table)} where id = any(${sql.param([...rowIds])}::uuid[])
		and person_id = any(${sql.param([...personIds])}::uuid[])`);
}

/** Removes what the import added to people who were there before it. */
async function removeTimesOfOthers(tx: Database, table: string, rowIds: readonly string[], ownIds: readonly string[]) {
	await tx.execute(sql`delete from ${sql.identifier(table)} where id = any(${sql.param([...rowIds])}::uuid[])
		and not person_id = any(${sql.param([...ownIds])}::uuid[])`);
}
