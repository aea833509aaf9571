import { sql as statement } from 'drizzle-orm';
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
 * With `isReadOnly` PostgreSQL refuses every write (SQLSTATE 25006).
 * Dates stay `yyyy-mm-dd` strings: a day in Asia/Ho_Chi_Minh has no time zone to be shifted by.
 */
export function openDatabase(
	url: string,
	{ max = 10, applicationName = 'buc-giang', isReadOnly = false } = {}
): DatabasePool {
	const sql = postgres(url, {
		max,
		onnotice: () => {},
		connection: {
			...{ application_name: applicationName, TimeZone: 'Asia/Ho_Chi_Minh' },
			...(isReadOnly && { default_transaction_read_only: true })
		},
		connect_timeout: 10,
		backoff: reconnectAfterS,
		idle_timeout: 60
	});
	return { db: drizzle(keepingStatements(sql)), sql, close: () => sql.end({ timeout: 5 }) };
}

const ANEW = '/* plan anew */';

/**
 * Anywhere in a query over much of the database: plans it for its own values each time. With a plan kept for any values
 * the figures of the targets page took up to ten times as long.
 */
export const PLAN_ANEW = statement.raw(ANEW);

/** What drizzle calls of the driver: of a pool, of a transaction, of a savepoint. */
type Client = {
	unsafe(query: string, params?: unknown[], options?: { prepare?: boolean }): unknown;
	begin?(options: unknown, work?: (client: Client) => unknown): unknown;
	savepoint?(name: unknown, work?: (client: Client) => unknown): unknown;
};

/**
 * Drizzle asks the driver to prepare only queries that were given a name, so that each one was parsed, described and
 * planned anew, in two journeys instead of one: more than half the database's work for a page. Here every query of
 * drizzle's is prepared once per connection. The driver prepares again by itself when a migration changed a result.
 */
function keepingStatements<C>(sql: C): C {
	const client = sql as Client;
	const { unsafe, begin, savepoint } = client;
	client.unsafe = (query, params, options) =>
		unsafe(query, params, options && { ...options, prepare: !query.includes(ANEW) });
	const within = (work: unknown) => (inner: Client) => (work as (client: Client) => unknown)(keepingStatements(inner));
	if (begin) client.begin = (...words) => begin.call(client, ...wrapLast(words, within));
	if (savepoint) client.savepoint = (...words) => savepoint.call(client, ...wrapLast(words, within));
	return sql;
}

/** The driver takes its callback last, after an optional word. */
function wrapLast<W extends unknown[]>(words: W, wrap: (work: unknown) => unknown): W {
	const last = words.findLastIndex((word) => typeof word === 'function');
	return words.map((word, i) => (i === last ? wrap(word) : word)) as W;
}
