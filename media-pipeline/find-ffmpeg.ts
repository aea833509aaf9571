import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { MediaFailure } from './failure.ts';
import { detectSandbox, onPath, type Sandbox } from './sandbox.ts';

const run = promisify(execFile);

/** A usable ffmpeg and ffprobe, and what is put around them. Found once per process. */
export type FfmpegTools = Readonly<{
	ffmpegPath: string;
	ffprobePath: string;
	/** Such as `5.1.9-0+deb12u1`. */
	version: string;
	/** Where it was found. */
	source: string;
	sandbox: Sandbox;
}>;

const NEEDED: readonly { list: string; names: readonly string[] }[] = [
	{ list: '-encoders', names: ['libx264', 'aac', 'mjpeg'] },
	{ list: '-muxers', names: ['hls', 'mp4'] },
	{
		list: '-filters',
		names: 'scale split fps yadif thumbnail aresample apad signalstats metadata ebur128 volume alimiter tile'.split(' ')
	}
];

/**
 * Finds ffmpeg: `FFMPEG_PATH`, then the package ffmpeg-static where it could be installed, then PATH; and ffprobe:
 * `FFPROBE_PATH`, beside ffmpeg, PATH. A path that was set on purpose and does not work is an error, not a hint.
 * @throws {MediaFailure} `ffmpeg_missing`, with all that was tried and what to do
 */
export async function findFfmpeg(env: NodeJS.ProcessEnv = process.env): Promise<FfmpegTools> {
	const tried: string[] = [];
	for (const { source, path } of await candidates(env)) {
		if (!path) {
			tried.push(`${source}: not there`);
			continue;
		}
		try {
			const ffprobePath = findFfprobe(path, env);
			const version = await versionWithAllNeeded(path);
			return { ffmpegPath: path, ffprobePath, version, source, sandbox: await detectSandbox(path, env) };
		} catch (error) {
			tried.push(`${source} (${path}): ${error instanceof Error ? error.message : String(error)}`);
			if (source === 'FFMPEG_PATH') break;
		}
	}
	throw new MediaFailure(
		'ffmpeg_missing',
		`No usable ffmpeg (${tried.join('; ')}). Install it (Debian: apt-get install ffmpeg) or set FFMPEG_PATH and FFPROBE_PATH.`
	);
}

async function candidates(env: NodeJS.ProcessEnv): Promise<{ source: string; path: string | undefined }[]> {
	if (env.FFMPEG_PATH) return [{ source: 'FFMPEG_PATH', path: resolve(env.FFMPEG_PATH) }];
	return [
		{ source: 'ffmpeg-static', path: await staticBinary() },
		{ source: 'PATH', path: onPath('ffmpeg', env) }
	];
}

/** ffmpeg-static downloads its binary when it is installed; offline, the package may be missing or empty. */
async function staticBinary(): Promise<string | undefined> {
	const name = 'ffmpeg-static'; // a variable, so that no bundler follows an optional dependency
	try {
		const { default: path } = (await import(/* @vite-ignore */ name)) as { default: string | null };
		return path && existsSync(path) ? path : undefined;
	} catch {
		return undefined;
	}
}

function findFfprobe(ffmpegPath: string, env: NodeJS.ProcessEnv): string {
	if (env.FFPROBE_PATH) return resolve(env.FFPROBE_PATH);
	const sibling = join(dirname(ffmpegPath), process.platform === 'win32' ? 'ffprobe.exe' : 'ffprobe');
	const path = existsSync(sibling) ? sibling : onPath('ffprobe', env);
	if (!path) throw new Error('no ffprobe beside it or in PATH');
	return path;
}

async function versionWithAllNeeded(path: string): Promise<string> {
	const ask = async (flag: string) =>
		(await run(path, ['-hide_banner', '-v', 'error', flag], { timeout: 10_000, maxBuffer: 8_000_000 })).stdout;
	const [version, ...lists] = await Promise.all([ask('-version'), ...NEEDED.map(({ list }) => ask(list))]);
	const missing = NEEDED.flatMap(({ names }, i) =>
		names.filter((name) => !new RegExp(`\\s${name}\\s`).test(lists[i] ?? ''))
	);
	if (missing.length > 0) throw new Error(`lacks ${missing.join(', ')}`);
	return /version (\S+)/.exec(version)?.[1] ?? 'unknown';
}
