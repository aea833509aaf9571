import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';

/** True while a process lives; a zombie (ended, not yet collected by its parent) counts as ended. */
export function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
	try {
		return !/^State:\s*[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
	} catch {
		return process.platform !== 'linux';
	}
}

/** True when the process lives and its command line holds all the words; guards against a pid that was given anew. */
export async function runsProgram(pid: number, words: readonly string[]): Promise<boolean> {
	if (!isRunning(pid)) return false;
	if (process.platform !== 'linux') return true;
	const commandLine = await fs.readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
	return words.every((word) => commandLine.includes(word));
}
