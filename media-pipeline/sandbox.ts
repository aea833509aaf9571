import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, lstatSync, readlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * What can be put around a parser of strangers' files on this machine. Undefined parts are left out.
 * With bubblewrap the tool sees the system's libraries, the named files and nothing else: no network, no home, no other
 * process. Without it the limits and the death signal remain.
 */
export type Sandbox = Readonly<{
	bwrap?: { path: string; systemBinds: readonly string[] };
	prlimit?: string;
	/** Ends the tool when the worker is killed; bubblewrap does so itself. */
	setpriv?: string;
	nice?: string;
}>;

/** One command and what it may touch. Paths are absolute and keep their names inside. */
export type Confinement = Readonly<{
	command: string;
	args: readonly string[];
	readable: readonly string[];
	/** The one folder it may write, and works in. */
	workDir: string | undefined;
	cpuS: number;
	/** The largest single file it may write. */
	fileBytes: number;
}>;

const GIGABYTE = 1_000_000_000;

/** The whole command line, as a program and its arguments: never a shell string. Pure. */
export function confine(sandbox: Sandbox, job: Confinement): { command: string; args: string[] } {
	const line = [
		...(sandbox.bwrap
			? bwrapLine(sandbox.bwrap, job)
			: sandbox.setpriv
				? [sandbox.setpriv, '--pdeathsig', 'KILL']
				: []),
		...(sandbox.prlimit ? prlimitLine(sandbox.prlimit, job, sandbox.bwrap !== undefined) : []),
		...(sandbox.nice ? [sandbox.nice, '-n', '10'] : []),
		job.command,
		...job.args
	];
	return { command: line[0]!, args: line.slice(1) };
}

function bwrapLine({ path, systemBinds }: NonNullable<Sandbox['bwrap']>, job: Confinement): string[] {
	const toolDir = dirname(job.command);
	return [
		...[path, '--unshare-all', '--die-with-parent', ...systemBinds, '--dev', '/dev', '--tmpfs', '/tmp'],
		...(toolDir.startsWith('/usr/') ? [] : ['--ro-bind', toolDir, toolDir]),
		...(job.workDir ? ['--bind', job.workDir, job.workDir] : []),
		...job.readable.flatMap((file) => ['--ro-bind', file, file]),
		...['--chdir', job.workDir ?? '/tmp', '--']
	];
}

/** Threads reserve address space by the core, so that limit grows with them. */
function prlimitLine(path: string, job: Confinement, hasOwnProcessCount: boolean): string[] {
	const cores = availableParallelism();
	return [
		...[
			path,
			`--as=${4 * GIGABYTE + cores * GIGABYTE * 0.25}`,
			`--cpu=${Math.ceil(job.cpuS)}`,
			`--fsize=${Math.ceil(job.fileBytes)}`
		],
		// outside a user namespace this counts every process of the user, not only these
		...(hasOwnProcessCount ? [`--nproc=${256 + cores * 64}`] : []),
		...['--core=0', '--']
	];
}

/**
 * Finds out, by trying, what works here: bubblewrap is often there and forbidden (containers, hardened kernels).
 * @param ffmpegPath absolute; a tiny encode with it is the trial
 */
export async function detectSandbox(ffmpegPath: string, env: NodeJS.ProcessEnv = process.env): Promise<Sandbox> {
	if (process.platform !== 'linux') return {};
	const limits: Sandbox = {
		prlimit: onPath('prlimit', env),
		setpriv: onPath('setpriv', env),
		nice: onPath('nice', env)
	};
	const bwrap = onPath('bwrap', env);
	const candidates: Sandbox[] = [
		...(bwrap ? [{ ...limits, bwrap: { path: bwrap, systemBinds: systemBinds() } }] : []),
		limits,
		{ ...limits, setpriv: undefined },
		{ nice: limits.nice }
	];
	for (const candidate of candidates) {
		if (await works(candidate, ffmpegPath)) return candidate;
	}
	return {};
}

async function works(sandbox: Sandbox, ffmpegPath: string): Promise<boolean> {
	const picture = ['-f', 'lavfi', '-i', 'color=size=64x64:duration=0.1', '-c:v', 'libx264', '-f', 'null', '-'];
	const { command, args } = confine(sandbox, {
		command: ffmpegPath,
		args: ['-v', 'error', '-nostdin', ...picture],
		readable: [],
		workDir: undefined,
		cpuS: 30,
		fileBytes: 1_000_000
	});
	return run(command, args, { timeout: 20_000 }).then(
		() => true,
		() => false
	);
}

/** The system's programs and libraries, read-only, as this distribution lays them out. */
function systemBinds(): string[] {
	const roots = ['/bin', '/sbin', '/lib', '/lib32', '/lib64'].filter((path) => existsSync(path));
	return [
		...['--ro-bind', '/usr', '/usr'],
		...roots.flatMap((path) =>
			lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path]
		),
		...['/etc/alternatives', '/etc/ld.so.cache'].flatMap((path) => ['--ro-bind-try', path, path])
	];
}

/** Absolute path of a program, looked up as a shell would. */
export function onPath(program: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
	for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
		const candidate = join(folder, program);
		try {
			accessSync(candidate, constants.X_OK);
			return candidate;
		} catch {
			continue;
		}
	}
	return undefined;
}
