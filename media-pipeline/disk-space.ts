import { statfs } from 'node:fs/promises';
import { MediaFailure } from './failure.ts';

/** Work stops while this much is still free, so that the rest of the machine (a database, a log) can go on. */
const RESERVED_BYTES = 32_000_000;
const LOOK_EVERY_MS = 2_000;

/**
 * Runs a piece of work that writes into a folder, and stops it when the disk under that folder is nearly full.
 * ffmpeg does not: on a full disk its HLS muxer writes nothing more, says nothing and ends with status 0 (seen in 5.1).
 * @param work gets the signal to obey: the caller's, or the disk's
 * @throws {MediaFailure} `disk_full`, also when only the end of the work found the disk full; what `work` throws
 */
export async function withinFreeSpace<T>(
	folder: string,
	signal: AbortSignal | undefined,
	work: (signal: AbortSignal) => Promise<T>
): Promise<T> {
	const disk = new AbortController();
	const look = async () => {
		const freeBytes = await freeBytesOf(folder);
		if (freeBytes < RESERVED_BYTES)
			disk.abort(new MediaFailure('disk_full', `${freeBytes} bytes are free in ${folder}`));
	};
	await look();
	const timer = setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS);
	try {
		const result = await work(signal ? AbortSignal.any([signal, disk.signal]) : disk.signal);
		await look();
		disk.signal.throwIfAborted();
		return result;
	} finally {
		clearInterval(timer);
	}
}

async function freeBytesOf(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return bavail * bsize;
}
