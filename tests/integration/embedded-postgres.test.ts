import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';

let folder: string;
const started: EmbeddedPostgres[] = [];

const start = async () => {
	const server = await startEmbeddedPostgres({ dir: path.join(folder, 'pg'), password: "it's", database: 'product' });
	started.push(server);
	return server;
};

async function ask<T>(server: EmbeddedPostgres, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
	const sql = postgres(server.url('product'), { max: 1 });
	try {
		return await question(sql);
	} finally {
		await sql.end();
	}
}

beforeEach(async () => {
	folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-pg-'));
	await fs.chmod(folder, 0o711);
});

afterEach(async () => {
	await Promise.all(started.splice(0).map((server) => server.stop()));
	await fs.rm(folder, { recursive: true, force: true });
});

test('a new cluster sorts Vietnamese, checks its pages and lets nobody in without the password', async () => {
	const server = await start();
	const sorted = await ask(
		server,
		(sql) => sql`select x from unnest(array['Đào', 'Dũng', 'Án', 'Em', 'Ân']) x order by x`
	);
	expect(sorted.map(({ x }) => x)).toEqual(['Án', 'Ân', 'Dũng', 'Đào', 'Em']);
	expect(await ask(server, (sql) => sql`show data_checksums`)).toEqual([{ data_checksums: 'on' }]);
	const stranger = postgres(server.url('product').replace(/:[^:@]*@/, ':wrong@'), { max: 1 });
	await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' });
	await stranger.end();
});

test('after kill -9 of the server a new start recovers what was committed, on the same port', async () => {
	const first = await start();
	await ask(first, (sql) => sql`create table kept as select 1 as x`);
	process.kill(first.pid, 'SIGKILL');
	const second = await start();
	expect(second.isAdopted).toBe(false);
	expect(second.port).toBe(first.port);
	expect(await ask(second, (sql) => sql`select x from kept`)).toEqual([{ x: 1 }]);
});

test('a server whose supervisor was killed is adopted, not started twice', async () => {
	const first = await start();
	const second = await start();
	expect(second).toMatchObject({ isAdopted: true, pid: first.pid, port: first.port });
});

test('an initdb that was interrupted is begun again', async () => {
	await fs.mkdir(path.join(folder, 'pg/data.unfinished'), { recursive: true });
	await fs.writeFile(path.join(folder, 'pg/data.unfinished/PG_VERSION'), '18\n');
	const server = await start();
	expect(await ask(server, (sql) => sql`select 1 as x`)).toEqual([{ x: 1 }]);
});

test('a process number left by an earlier life of the machine does not block the start', async () => {
	const first = await start();
	const pidFile = path.join(folder, 'pg/data/postmaster.pid');
	const text = await fs.readFile(pidFile, 'utf8');
	await first.stop();
	await fs.writeFile(pidFile, text.replace(String(first.pid), String(process.pid)));
	const second = await start();
	expect(second.isAdopted).toBe(false);
});
