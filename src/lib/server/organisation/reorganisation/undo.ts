import { sql } from 'drizzle-orm';
import { type Journaled, listChangedRows, removeRows, restoreRows } from '../../audit/change-journal.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError, sqlState } from '../../platform/errors.ts';
import { placeUnits } from '../unit-places.ts';
import { REORGANISED, UNIT } from './apply.ts';

/**
 * Takes a reorganisation back, all of it: rows it made go, rows it changed hold again what they held before.
 * @param further rows of modules to the right that it changed
 * @throws {DomainError} `conflict` `organisation.reorganisation_in_use` when something was built on it since
 */
export async function undoReorganisedRows(tx: Database, setId: string, further: readonly Journaled[]): Promise<void> {
	const journaled = [...REORGANISED, ...further];
	const changed = new Map<Journaled, { made: string[]; restored: string[] }>();
	let touched = 0;
	for (const one of journaled) {
		const rows = await listChangedRows(tx, setId, one);
		touched += rows.filter(({ isTouched }) => isTouched).length;
		const idsOf = (isMade: boolean) => rows.filter((row) => row.isMade === isMade).map(({ rowId }) => rowId);
		changed.set(one, { made: idsOf(true), restored: idsOf(false) });
	}
	if (touched > 0) throw inUse(touched);
	const units = (await listChangedRows(tx, setId, UNIT)).map(({ rowId }) => rowId);
	// Rows made stand where the restored ones stood: they go first.
	for (const [one, { made }] of changed) await removeRows(tx, one, made);
	for (const [one, { restored }] of changed) await restoreRows(tx, setId, one, restored);
	await removeUnits(tx, units);
	await placeUnits(tx);
}

async function removeUnits(tx: Database, unitIds: readonly string[]): Promise<void> {
	const [granted] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from role_grant
		where unit_id = any(${sql.param([...unitIds])}::uuid[])`);
	if (granted && granted.count > 0) throw inUse(granted.count);
	try {
		await removeRows(tx, UNIT, unitIds);
	} catch (error) {
		if (sqlState(error) === '23503') throw inUse(1);
		throw error;
	}
}

const inUse = (n: number) => new DomainError('conflict', 'organisation.reorganisation_in_use', { n });
