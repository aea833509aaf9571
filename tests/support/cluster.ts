import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { isRunning } from '#lib/server/platform/processes.ts';

const PREFIX = 'buc-giang-test-';

/** Data of test databases may be lost in a crash: the machine's disk is spared. */
const FAST = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '4GB' };

/** A PostgreSQL cluster of one test run in a folder of its own, which any user may pass through. */
export type TestCluster = Readonly<{ postgres: EmbeddedPostgres; folder: string; remove(): Promise<void> }>;

/** Starts a cluster, after clearing away those of test runs that were killed. */
export async function startTestCluster(settings: Record<string, string> = {}): Promise<TestCluster> {
	await removeLeftovers();
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), PREFIX));
	await fs.chmod(folder, 0o711);
	await fs.writeFile(path.join(folder, 'owner'), String(process.pid));
	const postgres = await startEmbeddedPostgres({
		dir: path.join(folder, 'postgres'),
		password: 'test',
		settings: { ...FAST, ...settings }
	});
	const remove = async () => {
		await postgres.stop();
		await fs.rm(folder, { recursive: true, force: true });
	};
	return { postgres, folder, remove };
}

async function removeLeftovers(): Promise<void> {
	for (const name of await fs.readdir(os.tmpdir())) {
		if (!name.startsWith(PREFIX)) continue;
		const folder = path.join(os.tmpdir(), name);
		const owner = Number(await fs.readFile(path.join(folder, 'owner'), 'utf8').catch(() => '0'));
		if (owner === 0 || isRunning(owner)) continue;
		const pidFile = await fs.readFile(path.join(folder, 'postgres/data/postmaster.pid'), 'utf8').catch(() => '');
		const pid = Number(pidFile.split('\n')[0]);
		if (pid > 0 && isRunning(pid)) process.kill(pid, 'SIGQUIT');
		await fs.rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }).catch(() => {});
	}
}
