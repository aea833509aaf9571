import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Sql } from 'postgres';
import { BackupError, type Manifest } from './backup-set.ts';
import { tableFile } from './dump.ts';
import { dropProduct, listTables, quoted } from './schema.ts';
import { appliedMigrations } from '../migrations.ts';

/**
 * Makes sure that nothing gets lost by restoring into this database, and clears away the empty tables of a first start.
 * @param workedIn tables that hold rows as soon as anybody has used the product
 * @throws {BackupError} when it holds somebody's data or somebody is connected
 */
export async function clearEmptyTarget(sql: Sql, workedIn: readonly string[]): Promise<void> {
	const isOurs = (await appliedMigrations(sql)).length > 0;
	const tables = (await listTables(sql)).map(({ name }) => name);
	const filled = isOurs
		? await firstFilled(
				sql,
				tables.filter((name) => workedIn.includes(name))
			)
		: tables[0];
	if (filled) {
		throw new BackupError(
			`Cơ sở dữ liệu đích không trống (bảng ${filled}). Khôi phục vào cơ sở dữ liệu trống.`,
			`The target database is not empty (table ${filled}). Restore into an empty one.`
		);
	}
	await refuseWhileRunning(sql);
	await dropProduct(sql);
}

/** @throws {BackupError} when a process of the product is connected to the database */
export async function refuseWhileRunning(sql: Sql): Promise<void> {
	const [others] = await sql`select count(*)::int as n from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid() and application_name like 'buc-giang%'`;
	if (!others?.n) return;
	throw new BackupError(
		`Hệ thống đang chạy trên cơ sở dữ liệu này (${others.n} kết nối). Dừng lại rồi thực hiện.`,
		`The product is running on this database (${others.n} connections). Stop it first.`
	);
}

async function firstFilled(sql: Sql, tables: readonly string[]): Promise<string | undefined> {
	for (const name of tables) {
		const [row] = await sql.unsafe(`select exists (select 1 from public.${quoted(name)}) as filled`);
		if (row?.filled) return name;
	}
	return undefined;
}

/**
 * Loads the set's rows into tables just made by its own migrations: all or nothing. Foreign keys are put back at the end
 * and so check every row; triggers rest, since derived rows are in the set.
 * @throws {BackupError} when tables or counts are not the manifest's
 */
export async function loadDatabase(pool: Sql, set: string, manifest: Manifest): Promise<void> {
	await pool.begin(async (tx) => {
		const sql = tx as unknown as Sql;
		const present = new Map((await listTables(sql)).map((table) => [table.name, table.columns]));
		for (const { name, columns } of manifest.tables) {
			if (present.get(name)?.join() === columns.join()) continue;
			throw new BackupError(`Bảng ${name} khác cấu trúc.`, `Table ${name} has another structure than in the set.`);
		}
		const keys = await sql<{ table: string; name: string; definition: string }[]>`
			select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
			from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`;
		for (const { table, name } of keys) await sql.unsafe(`alter table ${table} drop constraint ${quoted(name)}`);
		const all = [...present.keys()].map((name) => `public.${quoted(name)}`);
		for (const table of all) await sql.unsafe(`alter table ${table} disable trigger user`);
		await sql.unsafe(`truncate ${all.join(', ')}`);
		for (const table of manifest.tables) await loadTable(sql, set, table);
		for (const { name, value, isCalled } of manifest.sequences)
			await sql`select setval(${`public.${quoted(name)}`}::regclass, ${value}::bigint, ${isCalled})`;
		for (const table of all) await sql.unsafe(`alter table ${table} enable trigger user`);
		for (const { table, name, definition } of keys)
			await sql.unsafe(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
	});
	await pool.unsafe('analyze');
}

async function loadTable(sql: Sql, set: string, { name, columns, rows }: Manifest['tables'][number]): Promise<void> {
	const into = `public.${quoted(name)}`;
	const target = await sql.unsafe(`copy ${into} (${columns.map(quoted).join(', ')}) from stdin`).writable();
	await pipeline(createReadStream(path.join(set, tableFile(name))), createGunzip(), target);
	const [counted] = await sql.unsafe<{ n: string }[]>(`select count(*) as n from ${into}`);
	if (Number(counted?.n) === rows) return;
	throw new BackupError(
		`Bảng ${name}: ${counted?.n} dòng, bản sao lưu ghi ${rows}.`,
		`Table ${name}: ${counted?.n} rows, the set says ${rows}.`
	);
}
