import { eq, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../platform/database.ts';
import { sqlState } from '../platform/errors.ts';
import { changeRows, changeSets } from './tables.ts';

/** A table whose rows a change set may make or change: its primary key is `id`, and these columns are what is put back. */
export type Journaled = Readonly<{ table: PgTable; columns: readonly string[] }>;

/** Opens a change set in the caller's transaction. */
export async function openChangeSet(tx: Database): Promise<string> {
	const [set] = await tx.insert(changeSets).values({}).returning({ id: changeSets.id });
	if (!set) throw new Error('change set was not inserted');
	return set.id;
}

/** Keeps what rows hold before the caller changes them; a row noted already keeps its first state and is sealed anew. */
export async function noteBefore(
	tx: Database,
	setId: string,
	{ table, columns }: Journaled,
	rowIds: readonly string[]
): Promise<void> {
	if (rowIds.length === 0) return;
	await tx.execute(sql`insert into ${changeRows} (set_id, table_name, row_id, before)
		select ${setId}::uuid, ${getTableName(table)}, t.id, ${image(columns)} from ${table} t
		where t.id = any(${sql.param([...rowIds])}::uuid[])
		on conflict (set_id, table_name, row_id) do update set digest = null`);
}

/** Notes rows that the caller has made. */
export async function noteCreated(
	tx: Database,
	setId: string,
	{ table }: Journaled,
	rowIds: readonly string[]
): Promise<void> {
	if (rowIds.length === 0) return;
	await tx.execute(sql`insert into ${changeRows} (set_id, table_name, row_id)
		select ${setId}::uuid, ${getTableName(table)}, unnest(${sql.param([...rowIds])}::uuid[]) on conflict do nothing`);
}

/** Takes the digests once the change is complete; what differs from them later was touched by somebody else. */
export async function sealChangeSet(tx: Database, setId: string, journaled: readonly Journaled[]): Promise<void> {
	for (const { table, columns } of journaled) {
		await tx.execute(sql`update ${changeRows} c set digest = md5(${image(columns)}::text) from ${table} t
			where c.set_id = ${setId} and c.table_name = ${getTableName(table)} and c.row_id = t.id and c.digest is null`);
	}
}

/** Rows of the set in one table: `made` by it or changed, and whether they are still as it left them. */
export async function listChangedRows(
	db: Database,
	setId: string,
	{ table, columns }: Journaled
): Promise<{ rowId: string; isMade: boolean; isTouched: boolean }[]> {
	const rows = await db.execute<{ rowId: string; isMade: boolean; isTouched: boolean }>(sql`
		select c.row_id as "rowId", c.before is null as "isMade",
			t.id is null or c.digest is distinct from md5(${image(columns)}::text) as "isTouched"
		from ${changeRows} c left join ${table} t on t.id = c.row_id
		where c.set_id = ${setId} and c.table_name = ${getTableName(table)} order by c.id`);
	return [...rows];
}

/** Puts changed rows back to what they held before. */
export async function restoreRows(
	tx: Database,
	setId: string,
	{ table, columns }: Journaled,
	rowIds: readonly string[]
): Promise<void> {
	if (rowIds.length === 0) return;
	const names = columns.map((column) => sql.identifier(column));
	await tx.execute(sql`update ${table} t set (${sql.join(names, sql`, `)}) =
			(select ${sql.join(
				names.map((name) => sql`r.${name}`),
				sql`, `
			)} from jsonb_populate_record(null::${table}, c.before) r)
		from ${changeRows} c where c.set_id = ${setId} and c.table_name = ${getTableName(table)} and c.row_id = t.id
			and c.before is not null and t.id = any(${sql.param([...rowIds])}::uuid[])`);
}

/** Removes rows that the set made. @throws what the database says when others refer to them (SQLSTATE 23503) */
export async function removeRows(tx: Database, { table }: Journaled, rowIds: readonly string[]): Promise<void> {
	if (rowIds.length === 0) return;
	await tx.execute(sql`delete from ${table} where id = any(${sql.param([...rowIds])}::uuid[])`);
}

/**
 * Removes as many rows as nothing else refers to, the last ones first, and lets the others be.
 * @param remove removes the rows with these ids and what the set made below them
 * @returns the ids that stay
 */
export async function removeFree(
	tx: Database,
	ids: readonly string[],
	remove: (tx: Database, ids: readonly string[]) => Promise<void>
): Promise<string[]> {
	if (ids.length === 0) return [];
	try {
		await tx.transaction((inner) => remove(inner, ids));
		return [];
	} catch (error) {
		if (sqlState(error) !== '23503') throw error;
	}
	if (ids.length === 1) return [...ids];
	const middle = Math.floor(ids.length / 2);
	const later = await removeFree(tx, ids.slice(middle), remove);
	return [...(await removeFree(tx, ids.slice(0, middle), remove)), ...later];
}

/** Notes that a set was taken back. @returns false when it was before */
export async function closeChangeSet(tx: Database, setId: string, at: Date): Promise<boolean> {
	const closed = await tx
		.update(changeSets)
		.set({ undoneAt: at })
		.where(sql`${eq(changeSets.id, setId)} and ${changeSets.undoneAt} is null`)
		.returning({ id: changeSets.id });
	return closed.length > 0;
}

/** The journaled columns of row `t` as one JSON value. */
function image(columns: readonly string[]): SQL {
	const pairs = columns.map((column) => sql`${sql.raw(`'${column}'`)}, t.${sql.identifier(column)}`);
	return sql`jsonb_build_object(${sql.join(pairs, sql`, `)})`;
}
