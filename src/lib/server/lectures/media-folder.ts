import fs from 'node:fs/promises';
import path from 'node:path';
import { findFfmpeg, type FfmpegTools } from '#media-pipeline/find-ffmpeg.ts';
import type { Config } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import type { LectureTarget } from './keys.ts';
import { listRuns } from './transcode-state.ts';

/** A worker that joins in owns no row while it fetches the source: its folder's time says that it is alive. */
const TOUCH_EVERY_MS = 2000;
const SILENT_MS = 10_000;

const folderOf = (config: Config) => path.join(config.dataDir, 'tmp');

/** An empty folder of this run. */
export async function ownFolder(config: Config, { lectureId, revision }: LectureTarget, run: string): Promise<string> {
	const folder = path.join(folderOf(config), `lecture-${lectureId}-${revision}-${run}`);
	await fs.mkdir(folder, { recursive: true, mode: 0o700 });
	return folder;
}

/** As {@link ownFolder} for a worker that only joins in; kept from being swept until it is removed. */
export async function helperFolder(config: Config, run: string): Promise<{ folder: string; remove(): Promise<void> }> {
	const folder = path.join(folderOf(config), `helper-${run}`);
	await fs.mkdir(folder, { recursive: true, mode: 0o700 });
	const touch = setInterval(() => void fs.utimes(folder, new Date(), new Date()).catch(() => {}), TOUCH_EVERY_MS);
	return {
		folder,
		async remove() {
			clearInterval(touch);
			await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
		}
	};
}

/** Removes what killed runs of any lecture left behind: folders whose run owns nothing any more. */
export async function sweepFolders({ config, db }: Context, run: string): Promise<void> {
	await fs.mkdir(folderOf(config), { recursive: true, mode: 0o700 });
	const names = await fs.readdir(folderOf(config)); // before the rows: a run owns its row before it has a folder
	const alive = [run, ...(await listRuns(db))];
	for (const name of names.filter((name) => /^(lecture|helper)-/.test(name))) {
		if (alive.some((one) => name.endsWith(one))) continue;
		const folder = path.join(folderOf(config), name);
		const touchedAt = (await fs.stat(folder).catch(() => undefined))?.mtimeMs ?? 0;
		if (name.startsWith('helper-') && Date.now() - touchedAt < SILENT_MS) continue;
		await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

let tools: Promise<FfmpegTools> | undefined;

/** Found once per process; a failure to find it is not remembered, since it may be installed meanwhile. */
export function ffmpegOf(config: Pick<Config, 'ffmpegPath' | 'ffprobePath'>): Promise<FfmpegTools> {
	const env = { ...process.env, FFMPEG_PATH: config.ffmpegPath, FFPROBE_PATH: config.ffprobePath };
	return (tools ??= findFfmpeg(env).catch((error: unknown) => {
		tools = undefined;
		throw error;
	}));
}
