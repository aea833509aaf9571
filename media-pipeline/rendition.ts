import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaFailure } from './failure.ts';
import { h264CodecOf } from './mp4-boxes.ts';
import {
	measuredBandwidths,
	mediaPlaylist,
	parseMediaPlaylist,
	playlistDurationS,
	type Bandwidths,
	type ByteRange,
	type MediaPlaylist
} from './playlist.ts';

/** A finished rendition. File names are relative to the output folder. `sizeBytes` is the whole file's. */
export type Rendition = Readonly<
	Bandwidths & { name: string; codecs: string; file: string; playlistFile: string; sizeBytes: number }
>;
export type VideoRendition = Readonly<Rendition & { kind: 'video'; width: number; height: number; fps: number }>;
export type AudioRendition = Readonly<Rendition & { kind: 'audio'; channels: number }>;

/** Rewrites ffmpeg's playlist in our form, and measures what it lists. */
export async function finishRendition(
	workDir: string,
	name: string
): Promise<{ rendition: Rendition; durationS: number }> {
	const file = `${name}.mp4`;
	const playlistFile = `${name}.m3u8`;
	const playlist = await readPlaylist(join(workDir, playlistFile));
	await writeFile(join(workDir, playlistFile), mediaPlaylist(playlist, file));
	const { size } = await stat(join(workDir, file));
	const last = playlist.segments.at(-1)!;
	if (last.offset + last.length > size) {
		throw new MediaFailure('disk_full', `${file} lists more bytes than could be written`);
	}
	const codecs = name === 'audio' ? 'mp4a.40.2' : h264CodecOf(await readRange(join(workDir, file), playlist.init));
	if (!codecs) throw new MediaFailure('unknown', `${file} holds no H.264`);
	const bandwidths = measuredBandwidths(playlist);
	return {
		rendition: { name, codecs, file, playlistFile, sizeBytes: size, ...bandwidths },
		durationS: playlistDurationS(playlist)
	};
}

/** ffmpeg ends well, and writes nothing, when a damaged source yields not one frame. */
async function readPlaylist(path: string): Promise<MediaPlaylist> {
	try {
		return parseMediaPlaylist(await readFile(path, 'utf8'));
	} catch (error) {
		throw new MediaFailure('truncated', `nothing could be decoded: ${String(error)}`);
	}
}

async function readRange(path: string, { offset, length }: ByteRange): Promise<Uint8Array> {
	const file = await open(path, 'r');
	try {
		const bytes = new Uint8Array(length);
		await file.read(bytes, 0, length, offset);
		return bytes;
	} finally {
		await file.close();
	}
}
