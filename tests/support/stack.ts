// A whole product for end-to-end tests: `node tests/support/stack.ts filesystem|s3 PORT`, until SIGTERM. Leaves nothing.
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { s3Environment, startRadosgw } from './radosgw.ts';

const [storage, port] = process.argv.slice(2);
const parent = process.ppid;

const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'buc-giang-e2e-'));
await fs.chmod(folder, 0o711); // PostgreSQL runs as another user when we are root
const ceph = storage === 's3' ? await startRadosgw() : undefined;

const own = [
	'DATABASE_URL',
	'ORIGIN',
	'HOST',
	'SECRET_KEY',
	...Object.keys(process.env).filter((name) => /^S3_/.test(name))
];
const env: NodeJS.ProcessEnv = {
	...process.env,
	...(ceph && s3Environment(ceph)),
	PORT: port,
	DEMO_LECTURES: '2', // each of them costs a test run ten seconds of a core
	DATA_DIR: path.join(folder, 'data')
};
for (const name of own) if (!ceph || !name.startsWith('S3_')) delete env[name];

const product = spawn(process.execPath, ['src/entry/one-machine.ts'], {
	env,
	stdio: ['ignore', 'inherit', 'inherit', 'ipc']
});

async function removeAll(code: number): Promise<void> {
	await ceph?.stop();
	await showFailures();
	if (code !== 0) await showLogs();
	await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
	process.exit(code);
}

/** The folder is about to go; a failure's reason must not go with it. */
async function showLogs(): Promise<void> {
	const kept = path.resolve('test-results', `logs-${storage}`);
	await fs.cp(path.join(folder, 'data/logs'), kept, { recursive: true }).catch(() => {});
	console.error(`logs: ${kept}`);
}

/** Why requests were answered with 500: a test sees only that they were. */
async function showFailures(): Promise<void> {
	const logs = path.join(folder, 'data/logs');
	for (const name of await fs.readdir(logs).catch(() => [])) {
		const lines = (await fs.readFile(path.join(logs, name), 'utf8')).split('\n');
		for (const line of lines.filter((text) => text.includes('"request failed'))) console.error(`${name}: ${line}`);
	}
}

product.once('exit', (code) => void removeAll(code ?? 1));
const stop = () => product.kill('SIGTERM');
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
setInterval(() => process.ppid !== parent && stop(), 1000).unref();
