import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '#lib/server/platform/config.ts';
import { startEmbeddedPostgres } from '#lib/server/platform/embedded-postgres.ts';
import { freePort } from '#lib/server/platform/free-port.ts';
import { openServices, type Services } from '#lib/server/platform/services.ts';
import { prepare } from '../../src/entry/prepare.ts';

/** The built server on a database of its own, with real durability. */
export type BenchSite = Readonly<{
	origin: string;
	port: number;
	dir: string;
	services: Services;
	webPid: number;
	postgresPid: number;
	stop(): Promise<void>;
}>;

/** Starts database and web process. What the bench needs in it is made through `services`. */
export async function startBenchSite(): Promise<BenchSite> {
	const dir = await mkdtemp(path.join(os.tmpdir(), 'buc-giang-bench-'));
	await chmod(dir, 0o711); // PostgreSQL runs as another user when we are root
	const postgres = await startEmbeddedPostgres({
		dir: path.join(dir, 'postgres'),
		password: 'bench',
		database: 'bench'
	});
	const port = await freePort();
	const env = {
		...{ DATABASE_URL: postgres.url('bench'), DATA_DIR: path.join(dir, 'data'), HOST: '127.0.0.1', PORT: String(port) },
		...{ SECRET_KEY: 'bench-secret-bench-secret-bench-secret', ORIGIN: `http://localhost:${port}`, LOG_LEVEL: 'warn' }
	};
	const config = loadConfig(env);
	await prepare(config);
	const services = await openServices({ workers: false, config });
	const web = spawn(process.execPath, ['src/entry/web.ts'], { env: { ...process.env, ...env }, stdio: 'ignore' });
	await untilReady(env.ORIGIN);
	return {
		...{ origin: env.ORIGIN, port, dir, services, webPid: web.pid!, postgresPid: postgres.pid },
		async stop() {
			await ended(web);
			await services.close();
			await postgres.stop();
			await rm(dir, { recursive: true, force: true });
		}
	};
}

/** Resolves when the web process answers. */
export async function untilReady(origin: string): Promise<void> {
	for (let i = 0; i < 200; i++) {
		if (
			await fetch(`${origin}/healthz`).then(
				(answer) => answer.ok,
				() => false
			)
		)
			return;
		await sleep(100);
	}
	throw new Error('the web process did not start');
}

/** Ends a process and waits for it. */
export function ended(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('exit', () => resolve());
		child.kill('SIGTERM');
	});
}
