import type { Sql } from 'postgres';

/** What belongs to no extension: ours. */
const isOurs = (oid: string, catalogue: string) =>
	`not exists (select 1 from pg_depend d where d.objid = ${oid} and d.classid = '${catalogue}'::regclass and d.deptype = 'e')`;

/** An identifier as SQL takes it literally. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Tables of the product, with the columns a copy holds (generated ones make themselves). */
export async function listTables(sql: Sql): Promise<{ name: string; columns: string[] }[]> {
	return sql.unsafe(`
		select c.relname as name, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid
			and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and ${isOurs('c.oid', 'pg_class')}
		order by c.relname`);
}

/** Sequences of identity columns and their state. */
export async function listSequences(sql: Sql): Promise<{ name: string; value: string; isCalled: boolean }[]> {
	const names = await sql<{ name: string }[]>`select sequencename as name from pg_sequences
		where schemaname = 'public' order by 1`;
	const found = [];
	for (const { name } of names) {
		const [row] = await sql.unsafe<{ value: string; isCalled: boolean }[]>(
			`select last_value::text as value, is_called as "isCalled" from public.${quoted(name)}`
		);
		if (row) found.push({ name, ...row });
	}
	return found;
}

/**
 * Storage keys that rows name: text columns called `…_key`, and properties called `…Key` inside jsonb. By naming, so that
 * a new table is covered the day it is made.
 */
export async function referencedKeys(sql: Sql): Promise<Set<string>> {
	const columns = await sql<{ table: string; column: string; type: string }[]>`
		select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
			and ((a.attname like '%\\_key' and a.atttypid = 'text'::regtype) or a.atttypid = 'jsonb'::regtype)`;
	const keys = new Set<string>();
	for (const { table, column, type } of columns) {
		const inJson = `'$.** ? (@.type() == "object").keyvalue() ? (@.key like_regex "Key$").value'`;
		const key = type === 'jsonb' ? `jsonb_path_query(${quoted(column)}, ${inJson}) #>> '{}'` : quoted(column);
		const rows = await sql.unsafe<{ key: string | null }[]>(`select ${key} as key from public.${quoted(table)}`);
		for (const row of rows) if (row.key?.includes('/')) keys.add(row.key);
	}
	return keys;
}

/** Removes what the product made in a database; extensions stay, since other roles may have put them there. */
export async function dropProduct(sql: Sql): Promise<void> {
	await sql.unsafe('drop schema if exists drizzle cascade; drop schema if exists pgboss cascade');
	for (const { name } of await listTables(sql)) await sql.unsafe(`drop table public.${quoted(name)} cascade`);
	const functions = await sql.unsafe<{ signature: string }[]>(`select p.oid::regprocedure::text as signature
		from pg_proc p where p.pronamespace = 'public'::regnamespace and ${isOurs('p.oid', 'pg_proc')}`);
	for (const { signature } of functions) await sql.unsafe(`drop routine if exists ${signature} cascade`);
	const types = await sql.unsafe<{ name: string }[]>(`select t.typname as name from pg_type t
		where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd') and ${isOurs('t.oid', 'pg_type')}`);
	for (const { name } of types) await sql.unsafe(`drop type if exists public.${quoted(name)} cascade`);
}
