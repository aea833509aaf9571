import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { isRunning } from '#lib/server/platform/processes.ts';

const PREFIX = 'buc-giang-test-';

/** Data of test databases may be lost in a crash: the machine's disk is spared. */
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '4GB' };

/** Linux's folder in memory. A database is a thousand files: copying the template takes 50 ms there and 700 on a disk. */
const MEMORY = '/dev/shm';
const MEMORY_NEEDED_BYTES = 4 * 1024 ** 3;
const IN_MEMORY = { max_wal_size: '1GB' };

/** A PostgreSQL cluster of one test run in a folder of its own, which any user may pass through. */
export type TestCluster = Readonly<{ postgres: EmbeddedPostgres; folder: string; remove(): Promise<void> }>;

/**
 * Starts a cluster, after clearing away those of test runs that were killed. `isSmall` promises less than a gigabyte of
 * data: it may lie in memory.
 */
export async function startTestCluster({
	settings = {},
	isSmall = false
}: { settings?: Record<string, string>; isSmall?: boolean } = {}): Promise<TestCluster> {
	const inMemory = isSmall && (await hasMemory());
	for (const parent of [os.tmpdir(), MEMORY]) await removeLeftovers(parent);
	const folder = await fs.mkdtemp(path.join(inMemory ? MEMORY : os.tmpdir(), PREFIX));
	await fs.chmod(folder, 0o711);
	await fs.writeFile(path.join(folder, 'owner'), String(process.pid));
	const postgres = await startEmbeddedPostgres({
		dir: path.join(folder, 'postgres'),
		password: 'test',
		settings: { ...FAST, ...(inMemory && IN_MEMORY), ...settings }
	});
	const remove = async () => {
		await postgres.stop();
		await fs.rm(folder, { recursive: true, force: true });
	};
	return { postgres, folder, remove };
}

async function hasMemory(): Promise<boolean> {
	const room = await fs.statfs(MEMORY).catch(() => undefined);
	return Boolean(room && room.bavail * room.bsize > MEMORY_NEEDED_BYTES && os.freemem() > MEMORY_NEEDED_BYTES);
}

async function removeLeftovers(parent: string): Promise<void> {
	for (const name of await fs.readdir(parent).catch(() => [])) {
		if (!name.startsWith(PREFIX)) continue;
		const folder = path.join(parent, name);
		const owner = Number(await fs.readFile(path.join(folder, 'owner'), 'utf8').catch(() => '0'));
		if (owner === 0 || isRunning(owner)) continue;
		const pidFile = await fs.readFile(path.join(folder, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
		const pid = Number(pidFile.split('\n')[0]);
		if (pid > 0 && isRunning(pid)) process.kill(pid, 'SIGQUIT');
		await fs.rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }).catch(() => {});
	}
}
