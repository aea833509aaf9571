import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** What a command cost: its own CPU time and that of all it started, and the time that passed. */
export type Cost = Readonly<{ cpuS: number; wallS: number; status: number }>;

/** Runs a program to its end and measures it with the shell's `times`, which counts every descendant that was waited for. */
export function cost(program: string, args: readonly string[], options: { cwd?: string } = {}): Promise<Cost> {
	return new Promise((resolve, reject) => {
		const script = 'TIMEFORMAT="%U %S %R"; time "$@" >/dev/null 2>/dev/null';
		const child = spawn('bash', ['-c', script, 'bench', program, ...args], {
			...options,
			stdio: ['ignore', 'ignore', 'pipe']
		});
		let said = '';
		child.stderr.on('data', (part: Buffer) => (said += part.toString()));
		child.once('error', reject);
		child.once('close', (status) => {
			const [userS, systemS, wallS] = said.trim().split('\n').at(-1)!.split(' ').map(Number);
			resolve({ cpuS: (userS ?? NaN) + (systemS ?? NaN), wallS: wallS ?? NaN, status: status ?? 1 });
		});
	});
}

const CLOCK_TICKS_PER_S = 100;

/** CPU milliseconds that a process and all its present descendants have used so far (Linux). */
export function cpuMsOfTree(rootPid: number): number {
	const parents = new Map<number, { parent: number; ticks: number }>();
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		try {
			const fields = readFileSync(`/proc/${entry}/stat`, 'utf8')
				.replace(/^.*\) /s, '')
				.split(' ');
			// fields after the name: state, ppid, …; utime, stime, cutime, cstime are the 12th to 15th of them
			const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
			parents.set(Number(entry), { parent: Number(fields[1]), ticks });
		} catch {
			// ended meanwhile
		}
	}
	const isBelow = (pid: number): boolean =>
		pid === rootPid || (parents.has(pid) && pid > 1 && isBelow(parents.get(pid)!.parent));
	let ticks = 0;
	for (const [pid, process] of parents) if (isBelow(pid)) ticks += process.ticks;
	return (ticks * 1000) / CLOCK_TICKS_PER_S;
}

/** Resident memory of one process, MB. */
export function residentMb(pid: number): number {
	const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	return Math.round(Number(line?.[1] ?? 0) / 1024);
}

/** Prints rows under headings, columns aligned. */
export function printTable(
	title: string,
	headings: readonly string[],
	rows: readonly (readonly (string | number)[])[]
) {
	const cells = [headings, ...rows].map((row) => row.map(String));
	const widths = headings.map((_, i) => Math.max(...cells.map((row) => [...(row[i] ?? '')].length)));
	console.log(`\n${title}`);
	for (const row of cells) console.log(`  ${row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ')}`);
}
