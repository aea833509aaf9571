import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findFfmpeg } from '#media-pipeline/find-ffmpeg.ts';
import { say } from './progress.ts';

const APT_PATIENCE_MS = 5 * 60_000;

/** Installs ffmpeg where this is root's Debian; anywhere else says what to do. The product starts either way. */
export async function ensureFfmpeg(): Promise<void> {
	if (await isUsable()) return;
	const isInstallable = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	if (isInstallable && (await aptInstall(['ffmpeg'])) && (await isUsable())) return;
	say(
		'! Chưa có ffmpeg: bài giảng tải lên sẽ chờ xử lý. Cài bằng: apt-get install ffmpeg (hoặc đặt FFMPEG_PATH, FFPROBE_PATH).'
	);
	say(
		'  ffmpeg is missing: uploaded lectures wait. Install it (apt-get install ffmpeg) or set FFMPEG_PATH and FFPROBE_PATH.'
	);
}

async function isUsable(): Promise<boolean> {
	try {
		await findFfmpeg();
		return true;
	} catch {
		return false;
	}
}

async function aptInstall(packages: string[]): Promise<boolean> {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const apt = (args: string[]) =>
		new Promise<boolean>((resolve) => {
			const child = spawn('apt-get', ['-q', ...args], { env, stdio: 'ignore', timeout: APT_PATIENCE_MS });
			child.once('error', () => resolve(false));
			child.once('exit', (code) => resolve(code === 0));
		});
	const install = ['install', '-y', '--no-install-recommends', ...packages];
	return (await apt(install)) || ((await apt(['update'])) && (await apt(install)));
}
