import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './installation.ts';
import { say } from './progress.ts';

const LONGEST_LOG_BYTES = 20 * 1024 * 1024;
/** A process that lived this long had started well; its next crash begins a new count. */
const STEADY_MS = 60_000;
const PATIENCE_MS = 15_000;

/** The processes of the product on one machine, each with its entry file. */
const PROCESSES = { web: 'web.ts', worker: 'worker.ts', media: 'media-worker.ts' } as const;
export type ProcessName = keyof typeof PROCESSES;

/** Running processes that are started again when they crash. */
export type Children = Readonly<{
	/** Starts a process; done once for each. */
	start(name: ProcessName): void;
	/** Names of processes that have not stayed up since they were started. */
	crashing(): ProcessName[];
	stop(): Promise<void>;
	/** At once, without a chance to finish anything. */
	kill(): void;
}>;

/** `logDir` given: each process writes `<name>.log` there; absent: all write to this terminal (for journald, containers). */
export type ChildrenOptions = Readonly<{ env: Record<string, string | undefined>; logDir?: string }>;

/** The processes of the product, none started yet. They end by themselves when this process dies, even by kill -9, since their channel to it breaks. */
export async function openChildren({ env, logDir }: ChildrenOptions): Promise<Children> {
	if (logDir) await fs.mkdir(logDir, { recursive: true, mode: 0o700 });
	const running = new Map<ProcessName, ChildProcess>();
	const crashes = new Map<ProcessName, number>();
	let isStopping = false;

	function start(name: ProcessName): void {
		const startedAt = Date.now();
		const output = logDir ? openLog(path.join(logDir, `${name}.log`)) : ('inherit' as const);
		const child = spawn(process.execPath, [path.join(ROOT, 'src/entry', PROCESSES[name])], {
			cwd: ROOT,
			env: { ...env, BUC_GIANG_PROCESS: name },
			stdio: ['ignore', output, output, 'ipc'],
			detached: true // Ctrl-C in the terminal reaches only the supervisor, which stops them in order
		});
		if (typeof output === 'number') closeSync(output);
		running.set(name, child);
		child.once('exit', (code, signal) => {
			running.delete(name);
			if (isStopping) return;
			const count = Date.now() - startedAt > STEADY_MS ? 1 : (crashes.get(name) ?? 0) + 1;
			crashes.set(name, count);
			const delayMs = Math.min(30_000, 500 * 2 ** count);
			say(`! ${name}: dừng đột ngột, chạy lại sau ${delayMs / 1000} s / ended (${signal ?? code}), starting again`);
			setTimeout(() => !isStopping && start(name), delayMs);
		});
	}

	const kill = () => {
		isStopping = true;
		for (const child of running.values()) child.kill('SIGKILL');
	};
	return {
		start,
		crashing: () => [...crashes].filter(([, count]) => count >= 3).map(([name]) => name),
		kill,
		async stop() {
			isStopping = true;
			for (const child of running.values()) child.kill('SIGTERM');
			for (const deadline = Date.now() + PATIENCE_MS; running.size > 0 && Date.now() < deadline;) await sleep(50);
			kill();
		}
	};
}

function openLog(file: string): number {
	try {
		if (statSync(file).size > LONGEST_LOG_BYTES) renameSync(file, `${file}.1`);
	} catch {
		// the first start: there is none yet
	}
	return openSync(file, 'a', 0o600);
}

/** The last lines of a process's log, for the terminal. */
export async function endOfLog(logDir: string, name: ProcessName): Promise<string> {
	const text = await fs.readFile(path.join(logDir, `${name}.log`), 'utf8').catch(() => '');
	return text.split('\n').slice(-15).join('\n');
}
