import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '#lib/server/platform/config.ts';
import { freePort } from '#lib/server/platform/free-port.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** One process of the product as it runs in production, from the same entry file. */
export type RunningProcess = Readonly<{
	pid: number;
	/** Its structured log so far. */
	log(): string;
	isRunning(): boolean;
	/** Sends a signal and waits for the end. @returns the exit code, null when the signal ended it */
	end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}>;

export type WebProcess = RunningProcess & Readonly<{ port: number; url: string }>;

/** The address that all web processes of a test stand behind, as behind one reverse proxy. */
const ORIGIN = 'http://taphuan.test';

/** Environment of the processes that belong to a test's {@link Config}; nothing of the machine's own. */
export function environmentOf(config: Config, more: Record<string, string> = {}): Record<string, string> {
	const { PATH = '', FFMPEG_PATH, FFPROBE_PATH } = process.env;
	return {
		PATH,
		NODE_ENV: 'production',
		DATABASE_URL: config.databaseUrl,
		DATA_DIR: config.dataDir,
		SECRET_KEY: config.secretKey,
		ORIGIN,
		...(FFMPEG_PATH && { FFMPEG_PATH }),
		...(FFPROBE_PATH && { FFPROBE_PATH }),
		...more
	};
}

/** Starts `src/entry/<entry>.ts` and waits until its log says that it is at work. */
export async function startProcess(
	entry: 'web' | 'worker' | 'media-worker',
	env: Record<string, string>
): Promise<RunningProcess> {
	const child = spawn(process.execPath, [path.join(ROOT, 'src/entry', `${entry}.ts`)], {
		cwd: ROOT,
		env: { ...env, BUC_GIANG_PROCESS: entry },
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let log = '';
	child.stderr.on('data', (bytes) => (log += bytes));
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const isRunning = () => child.exitCode === null && child.signalCode === null;
	for (const deadline = Date.now() + 120_000; !/"msg":"(working|listening)"/.test(log); await sleep(50)) {
		if (isRunning() && Date.now() < deadline) continue;
		child.kill('SIGKILL');
		throw new Error(`${entry} did not start\n${log.slice(-3000)}`);
	}
	return {
		pid: child.pid ?? 0,
		log: () => log,
		isRunning,
		end: (signal) => (child.kill(signal), ended)
	};
}

/** A web process serving the built pages on a port of its own. */
export async function startWeb(env: Record<string, string>, port?: number): Promise<WebProcess> {
	if (!existsSync(path.join(ROOT, 'build/handler.js'))) throw new Error('build the pages first: npx vite build');
	const own = port ?? (await freePort());
	const running = await startProcess('web', { ...env, PORT: String(own) });
	return { ...running, port: own, url: `http://127.0.0.1:${own}` };
}

/** Headers of a request that a page of ours sends for somebody. */
export function fromOurPage(cookie: string): Record<string, string> {
	return { cookie, 'sec-fetch-site': 'same-origin', accept: 'application/json' };
}

/** Asks until the answer is as wished. @throws {Error} with the last answer when it takes too long */
export async function until<T>(ask: () => Promise<T>, isGood: (answer: T) => boolean, limitMs = 60_000): Promise<T> {
	const deadline = Date.now() + limitMs;
	for (;;) {
		const answer = await ask();
		if (isGood(answer)) return answer;
		if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms; last: ${JSON.stringify(answer)}`);
		await sleep(100);
	}
}
