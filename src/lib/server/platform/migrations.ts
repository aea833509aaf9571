import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number, the same in every process: only one of them migrates at a time. */
const MIGRATION_LOCK = 766_2025;

const FOLDER = path.join(import.meta.dirname, 'migrations');

/**
 * Brings the schema to the newest migration. Safe to call from several processes at once: an advisory lock on one
 * connection lets the first one work and the others find nothing to do.
 */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
	await migrateFrom(FOLDER, databaseUrl);
}

async function migrateFrom(migrationsFolder: string, databaseUrl: string): Promise<void> {
	const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
	try {
		await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
		await migrate(drizzle(sql), { migrationsFolder });
	} finally {
		await sql.end({ timeout: 5 });
	}
}

/** SHA-256 of this version's migrations, oldest first, as databases note them. */
export function knownMigrations(): string[] {
	return readMigrationFiles({ migrationsFolder: FOLDER }).map(({ hash }) => hash);
}

/**
 * How this version and a database stand to each other: `pending` migrations the database lacks, `unknown` ones it has that
 * this version does not know (it was used by a newer one).
 */
export async function compareMigrations(sql: postgres.Sql): Promise<{ pending: number; unknown: number }> {
	const applied = await appliedMigrations(sql);
	const known = knownMigrations();
	return {
		pending: known.filter((hash) => !applied.includes(hash)).length,
		unknown: applied.filter((hash) => !known.includes(hash)).length
	};
}

/** SHA-256 of the migrations a database has, oldest first; none in a database the product was never started on. */
export async function appliedMigrations(sql: postgres.Sql): Promise<string[]> {
	const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`;
	if (!found?.there) return [];
	const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by created_at, id`;
	return rows.map(({ hash }) => hash);
}

/** Brings an empty database to what it was `count` migrations after the first, for rows that were kept then. */
export async function migrateTo(databaseUrl: string, count: number): Promise<void> {
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-migrations-'));
	try {
		const journal = JSON.parse(await fs.readFile(path.join(FOLDER, 'meta/_journal.json'), 'utf8')) as {
			entries: { tag: string }[];
		};
		const entries = journal.entries.slice(0, count);
		await fs.mkdir(path.join(folder, 'meta'));
		await fs.writeFile(path.join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
		for (const { tag } of entries) await fs.copyFile(path.join(FOLDER, `${tag}.sql`), path.join(folder, `${tag}.sql`));
		await migrateFrom(folder, databaseUrl);
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}
