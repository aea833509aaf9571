import { spawn, type ChildProcess } from 'node:child_process';
import { failureOfExit, MediaFailure } from './failure.ts';
import type { FfmpegTools } from './find-ffmpeg.ts';
import { confine } from './sandbox.ts';

/** How far ffmpeg has come: seconds of output written, and how many it makes per second. */
export type EncodeProgress = Readonly<{ outTimeS: number; speed: number | undefined }>;

/** One run of a tool on named files. */
export type ToolRun = Readonly<{
	tool: 'ffmpeg' | 'ffprobe';
	args: readonly string[];
	/** Files it may read; absolute. */
	readable: readonly string[];
	/** The one folder it may write, and works in; absolute. */
	workDir?: string;
	/** Wall clock. */
	timeoutS: number;
	/** The largest single file it may write. */
	fileBytes?: number;
	signal?: AbortSignal | undefined;
	onProgress?: (progress: EncodeProgress) => void;
}>;

const STDERR_TAIL_CHARS = 8_000;
const MAX_STDOUT_CHARS = 8_000_000;
const KILL_AFTER_MS = 5_000;
/** A process may burn every core for the whole time it is given; 64 is more cores than any encode keeps busy. */
const CPU_PER_WALL_S = 64;

/**
 * Runs ffmpeg or ffprobe in the sandbox and waits until it, and all it started, has gone.
 * @returns ffprobe's answer in `stdout` (empty for ffmpeg, whose stdout is its progress), and the warnings
 * @throws {MediaFailure} by the way it ended; the signal's reason when it was aborted
 */
export async function runTool(tools: FfmpegTools, job: ToolRun): Promise<{ stdout: string; stderr: string }> {
	job.signal?.throwIfAborted();
	const { command, args } = confine(tools.sandbox, {
		command: job.tool === 'ffmpeg' ? tools.ffmpegPath : tools.ffprobePath,
		args: job.args,
		readable: job.readable,
		workDir: job.workDir,
		cpuS: job.timeoutS * CPU_PER_WALL_S,
		fileBytes: job.fileBytes ?? 1_000_000
	});
	const child = spawn(command, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		cwd: job.workDir ?? '/',
		env: toolEnvironment()
	});
	const stop = stopper(child);
	let hasTimedOut = false;
	const clock = setTimeout(() => {
		hasTimedOut = true;
		stop();
	}, job.timeoutS * 1000);
	job.signal?.addEventListener('abort', stop, { once: true });
	try {
		const { exitCode, exitSignal, stdout, stderr } = await ended(child, job);
		job.signal?.throwIfAborted();
		if (hasTimedOut) throw new MediaFailure('timed_out', `${stderr}\n${job.tool} was stopped after ${job.timeoutS} s`);
		if (exitCode !== 0) throw failureOfExit({ tool: job.tool, exitCode, exitSignal, stderr });
		return { stdout, stderr };
	} finally {
		clearTimeout(clock);
		job.signal?.removeEventListener('abort', stop);
	}
}

type Ended = { exitCode: number | null; exitSignal: string | null; stdout: string; stderr: string };

function ended(child: ChildProcess, job: ToolRun): Promise<Ended> {
	let stdout = '';
	let stderr = '';
	const readProgress = progressReader((progress) => job.onProgress?.(progress));
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		if (job.tool === 'ffmpeg') readProgress(text);
		else if (stdout.length < MAX_STDOUT_CHARS) stdout += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		stderr = (stderr + text).slice(-STDERR_TAIL_CHARS);
	});
	return new Promise((resolve, reject) => {
		child.once('error', (error) => reject(new MediaFailure('ffmpeg_missing', String(error))));
		// not 'exit': the pipes stay open until the tool inside the sandbox has gone too, and only then may files be removed
		child.once('close', (exitCode, exitSignal) => resolve({ exitCode, exitSignal, stdout, stderr }));
	});
}

function stopper(child: ChildProcess): () => void {
	return () => {
		child.kill('SIGTERM');
		const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
		child.once('close', () => clearTimeout(timer));
	};
}

/** Nothing of the worker's environment (secrets, proxies) reaches a parser of strangers' files. */
function toolEnvironment(): NodeJS.ProcessEnv {
	const { PATH, LD_LIBRARY_PATH } = process.env;
	return {
		LC_ALL: 'C',
		AV_LOG_FORCE_NOCOLOR: '1',
		...(PATH ? { PATH } : {}),
		...(LD_LIBRARY_PATH ? { LD_LIBRARY_PATH } : {})
	};
}

/** Reads what `-progress pipe:1` writes: blocks of `key=value` lines, each ended by `progress=`. */
export function progressReader(onProgress: (progress: EncodeProgress) => void): (text: string) => void {
	let rest = '';
	let block = new Map<string, string>();
	return (text) => {
		const lines = (rest + text).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			const [key = '', value = ''] = line.split('=', 2).map((part) => part.trim());
			block.set(key, value);
			if (key !== 'progress') continue;
			// out_time_ms is in microseconds too, a mistake ffmpeg keeps for compatibility
			const microseconds = Number(block.get('out_time_us') ?? block.get('out_time_ms'));
			const speed = Number.parseFloat(block.get('speed') ?? '');
			if (Number.isFinite(microseconds)) {
				onProgress({ outTimeS: Math.max(0, microseconds / 1e6), speed: speed > 0 ? speed : undefined });
			}
			block = new Map();
		}
	};
}
