import { spawn } from 'node:child_process';

const SAID_CHARS = 2_000;

/**
 * Runs the agency's program for speech, and ends it with all it started. It gets nothing of the worker's environment but
 * where programs and their files are: secrets are not its business.
 * @param job.timeoutS wall clock
 * @throws {Error} where it cannot be started, ends with another status than 0 or takes too long; the signal's reason
 */
export async function runSpeech(job: {
	command: string;
	args: readonly string[];
	folder: string;
	timeoutS: number;
	signal: AbortSignal;
}): Promise<void> {
	job.signal.throwIfAborted();
	const { PATH, HOME, LD_LIBRARY_PATH } = process.env;
	const env = { PATH, HOME, LD_LIBRARY_PATH, LC_ALL: 'C.UTF-8' };
	const child = spawn(job.command, [...job.args], {
		...{ env, cwd: job.folder, detached: true },
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-SAID_CHARS)));
	const stop = () => {
		try {
			if (child.pid) process.kill(-child.pid, 'SIGKILL');
		} catch {
			// gone already
		}
	};
	const clock = setTimeout(stop, job.timeoutS * 1000);
	job.signal.addEventListener('abort', stop, { once: true });
	try {
		const status = await new Promise<number | null>((resolve, reject) => {
			child.once('error', reject);
			child.once('close', resolve);
		});
		job.signal.throwIfAborted();
		if (status !== 0) throw new Error(`${job.command} ended with ${status ?? 'a signal'}: ${said}`);
	} finally {
		clearTimeout(clock);
		job.signal.removeEventListener('abort', stop);
	}
}
