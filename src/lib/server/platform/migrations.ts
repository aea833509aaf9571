import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';

/** Any number, the same in every process: only one of them migrates at a time. */
const MIGRATION_LOCK = 766_2025;

/**
 * Brings the schema to the newest migration. Safe to call from several processes at once: an advisory lock on one
 * connection lets the first one work and the others find nothing to do.
 */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
	const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
	try {
		await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
		await migrate(drizzle(sql), { migrationsFolder: path.join(import.meta.dirname, 'migrations') });
	} finally {
		await sql.end({ timeout: 5 });
	}
}
