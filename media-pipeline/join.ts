import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaFailure } from './failure.ts';
import { mediaPlaylist, parseMediaPlaylist, type MediaPlaylist } from './playlist.ts';

/**
 * Joins one rendition that was made in stretches: the fragments stay as they are, only their clocks and numbers go on
 * where those of the stretch before ended (ISO/IEC 14496-12: `tfdt`, `mfhd`, `sidx`). Nothing is decoded.
 * @param folders of the stretches in order; each holds `<name>.mp4` and `<name>.m3u8` as ffmpeg wrote them
 * @throws {MediaFailure} `unknown` when the stretches were not encoded alike
 */
export async function joinStretches(folders: readonly string[], name: string, targetDir: string): Promise<void> {
	const target = await open(join(targetDir, `${name}.mp4`), 'w');
	let whole: { init: Buffer; playlist: MediaPlaylist } | undefined;
	let [offset, ticks, fragments] = [0, 0n, 0];
	try {
		for (const folder of folders) {
			const bytes = await readFile(join(folder, `${name}.mp4`));
			const playlist = parseMediaPlaylist(await readFile(join(folder, `${name}.m3u8`), 'utf8'));
			const init = bytes.subarray(playlist.init.offset, playlist.init.offset + playlist.init.length);
			if (whole && !whole.init.equals(init))
				throw new MediaFailure('unknown', `${name}: stretches differ in their headers`);
			const shifted = shiftFragments(bytes.subarray(whole ? init.length : 0), ticks, fragments);
			const segments = playlist.segments.map((segment) => ({
				...segment,
				offset: segment.offset + offset - (whole ? init.length : 0)
			}));
			whole = whole
				? { ...whole, playlist: { ...whole.playlist, segments: [...whole.playlist.segments, ...segments] } }
				: { init, playlist: { ...playlist, segments } };
			await target.writeFile(shifted.bytes);
			offset += shifted.bytes.length;
			ticks += shifted.ticks;
			fragments += shifted.fragments;
		}
	} finally {
		await target.close();
	}
	if (whole) await writeFile(join(targetDir, `${name}.m3u8`), mediaPlaylist(whole.playlist, `${name}.mp4`));
}

/** Moves every fragment in a run of boxes by so many ticks and numbers. @returns how long it lasts, in ticks */
function shiftFragments(
	bytes: Buffer,
	ticks: bigint,
	fragments: number
): { bytes: Buffer; ticks: bigint; fragments: number } {
	let lasts = 0n;
	let count = 0;
	for (const box of boxesIn(bytes)) {
		if (box.type === 'sidx') lasts += moveIndex(box.body, ticks);
		if (box.type !== 'moof') continue;
		count++;
		for (const part of boxesIn(box.body)) {
			if (part.type === 'mfhd') part.body.writeUInt32BE(part.body.readUInt32BE(4) + fragments, 4);
			if (part.type !== 'traf') continue;
			for (const inner of boxesIn(part.body)) if (inner.type === 'tfdt') moveClock(inner.body, 4, ticks);
		}
	}
	return { bytes, ticks: lasts, fragments: count };
}

/** `sidx`: version and flags, two numbers, the earliest time, the first offset, then size and duration of each part. */
function moveIndex(body: Buffer, ticks: bigint): bigint {
	const wide = body.readUInt8(0) === 1;
	moveClock(body, 12, ticks);
	const counts = wide ? 28 : 20;
	let lasts = 0n;
	for (let i = 0; i < body.readUInt16BE(counts + 2); i++) lasts += BigInt(body.readUInt32BE(counts + 4 + i * 12 + 4));
	return lasts;
}

/** A time of 32 bits in version 0 of a box, of 64 in version 1. */
function moveClock(body: Buffer, at: number, ticks: bigint): void {
	if (body.readUInt8(0) === 1) body.writeBigUInt64BE(body.readBigUInt64BE(at) + ticks, at);
	else body.writeUInt32BE(body.readUInt32BE(at) + Number(ticks), at);
}

function* boxesIn(bytes: Buffer): Generator<{ type: string; body: Buffer }> {
	for (let at = 0; at + 8 <= bytes.length;) {
		const size = bytes.readUInt32BE(at);
		const isLarge = size === 1;
		const length = isLarge ? Number(bytes.readBigUInt64BE(at + 8)) : size;
		if (length < 8 || at + length > bytes.length) throw new MediaFailure('unknown', 'a fragment is cut short');
		yield {
			type: bytes.toString('latin1', at + 4, at + 8),
			body: bytes.subarray(at + (isLarge ? 16 : 8), at + length)
		};
		at += length;
	}
}
