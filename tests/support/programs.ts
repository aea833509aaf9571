import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Full path of a program on PATH, or undefined. */
export function onPath(name: string): string | undefined {
	// Ceph's daemons live in sbin on some distributions, which an ordinary user's PATH leaves out.
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
	return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** The browser that drives end-to-end tests: CHROMIUM_PATH, else one of the system; undefined leaves it to Playwright's own. */
export function findChromium(): string | undefined {
	return process.env.CHROMIUM_PATH ?? onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome');
}

/** ffmpeg for drawing test films. */
export function findFfmpeg(): string | undefined {
	return process.env.FFMPEG_PATH ?? onPath('ffmpeg');
}
