import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Sql } from 'postgres';
import { type DumpedTable, JOB_LIST, type Manifest } from './backup-set.ts';
import { listSequences, listTables, quoted, referencedKeys } from './schema.ts';
import { appliedMigrations } from '../migrations.ts';

const NEWLINE = 10;

/** The database's part of a set, and what it says of the objects. */
export type Dump = Pick<Manifest, 'postgres' | 'migrations' | 'tables' | 'sequences' | 'jobs'> &
	Readonly<{ sums: ReadonlyMap<string, string>; referenced: ReadonlySet<string> }>;

/** Where a table's rows lie in a set: COPY's text form, packed. */
export const tableFile = (name: string) => `database/${name}.copy.gz`;

/**
 * Writes all rows as they were at one instant, while people go on working: one repeatable-read snapshot for everything.
 * The schema is not written, it is what the migrations make.
 * @param leftOut tables whose rows are not kept, such as sessions, which nobody should find open again
 */
export async function dumpDatabase(pool: Sql, set: string, leftOut: readonly string[]): Promise<Dump> {
	await fs.mkdir(path.join(set, 'database'), { recursive: true, mode: 0o700 });
	return pool.begin('isolation level repeatable read read only', async (tx) => {
		const sql = tx as unknown as Sql;
		const sums = new Map<string, string>();
		const tables: DumpedTable[] = [];
		for (const { name, columns } of await listTables(sql)) {
			if (leftOut.includes(name)) continue;
			const from = await sql
				.unsafe(`copy public.${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`)
				.readable();
			const { rows, sha256 } = await writePacked(from, path.join(set, tableFile(name)));
			sums.set(tableFile(name), sha256);
			tables.push({ name, columns, rows });
		}
		const jobs = await dumpJobs(sql, path.join(set, JOB_LIST));
		sums.set(JOB_LIST, jobs.sha256);
		const [server] = await sql`select current_setting('server_version') as version`;
		return {
			postgres: String(server?.version),
			migrations: await appliedMigrations(sql),
			tables,
			sequences: await listSequences(sql),
			jobs: jobs.count,
			sums,
			referenced: await referencedKeys(sql)
		};
	});
}

/** COPY's text form has one line end per row: those inside values are written `\n`. */
async function writePacked(from: Readable, file: string): Promise<{ rows: number; sha256: string }> {
	let rows = 0;
	const hash = createHash('sha256');
	const counting = new Transform({
		transform(chunk: Buffer, _, done) {
			for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, at + 1)) rows++;
			done(null, chunk);
		}
	});
	await pipeline(from, counting, createGzip(), tap(hash), createWriteStream(file, { mode: 0o600 }));
	// The driver (postgres 3.4) pauses its socket when the stream is full and lets it go on only when asked to read: after
	// a last full chunk nobody would ask, and the next query would wait for ever.
	from._read(0);
	return { rows, sha256: hash.digest('hex') };
}

/** Passes bytes on and shows them to a hash on the way. */
export function tap(hash: { update(chunk: Buffer): unknown }): Transform {
	return new Transform({
		transform(chunk: Buffer, _, done) {
			hash.update(chunk);
			done(null, chunk);
		}
	});
}

/** Work that was promised and not done: a restore sends it again. What the clock sends comes by itself. */
async function dumpJobs(sql: Sql, file: string): Promise<{ count: number; sha256: string }> {
	const [queue] = await sql`select to_regclass('pgboss.job') is not null as there`;
	const rows = queue?.there
		? await sql`select id, name, data, priority, start_after as "startAfter", singleton_key as "singletonKey"
			from pgboss.job where state < 'completed' and name not like '\\_\\_pgboss%' order by created_on, id`
		: [];
	const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
	await fs.writeFile(file, text, { mode: 0o600 });
	return { count: rows.length, sha256: createHash('sha256').update(text).digest('hex') };
}
