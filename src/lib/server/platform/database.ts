import { drizzle } from 'drizzle-orm/postgres-js';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';

/** A pool or a transaction: queries and use cases do not care which. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the schema argument is only for drizzle's relational API, which we do not use
export type Database = PgDatabase<PostgresJsQueryResultHKT, any>;

/** An open pool with the way to close it. `sql` is the driver itself, for LISTEN and for hot paths. */
export type DatabasePool = Readonly<{ db: Database; sql: postgres.Sql; close(): Promise<void> }>;

/**
 * Seconds before a connection that failed is tried again. The driver's own rule grows to 20 s over all connections
 * together, so that requests hung for as long after a short restart of the database.
 */
export const reconnectAfterS = (failures: number): number => Math.min(0.1 * failures, 1);

/**
 * Opens a pool; connections are made when first needed.
 * Dates stay `yyyy-mm-dd` strings: a day in Asia/Ho_Chi_Minh has no time zone to be shifted by.
 */
export function openDatabase(url: string, { max = 10, applicationName = 'buc-giang' } = {}): DatabasePool {
	const sql = postgres(url, {
		max,
		onnotice: () => {},
		connection: { application_name: applicationName, TimeZone: 'Asia/Ho_Chi_Minh' },
		connect_timeout: 10,
		backoff: reconnectAfterS,
		idle_timeout: 60
	});
	return { db: drizzle(sql), sql, close: () => sql.end({ timeout: 5 }) };
}
