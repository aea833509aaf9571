import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { MediaFailure } from './failure.ts';
import { isMp4CutShort } from './mp4-boxes.ts';

/** A container that is accepted, recognised by its first bytes and never by its name. */
export type Container = 'mp4' | 'matroska' | 'avi' | 'mpegts' | 'mp3' | 'wav' | 'flac' | 'ogg' | 'aac';

/** ffmpeg's demuxers that may open each container; nothing that can refer to another file is among them. */
export const DEMUXERS: Readonly<Record<Container, string>> = {
	mp4: 'mov',
	matroska: 'matroska',
	avi: 'avi',
	mpegts: 'mpegts',
	mp3: 'mp3,aac,flac', // an ID3 tag stands in front of all three
	wav: 'wav',
	flac: 'flac',
	ogg: 'ogg',
	aac: 'aac'
};

const EXTENSIONS: Readonly<Record<Container, readonly string[]>> = {
	mp4: ['.mp4', '.m4v', '.mov', '.qt', '.m4a', '.3gp', '.3g2'],
	matroska: ['.mkv', '.webm', '.mka'],
	avi: ['.avi'],
	mpegts: ['.ts', '.mts', '.m2ts'],
	mp3: ['.mp3'],
	wav: ['.wav'],
	flac: ['.flac'],
	ogg: ['.ogg', '.oga', '.ogv', '.opus'],
	aac: ['.aac']
};

const HEAD_BYTES = 4096;
const MPEGTS_PACKET = 188;

/** Containers ffmpeg knows but which are refused: streaming leftovers, and formats nobody has needed so far. */
const REFUSED_CONTAINERS: readonly string[] = [
	'FLV',
	'\x30\x26\xb2\x75',
	'\x00\x00\x01\xba',
	'\x00\x00\x01\xb3',
	'.RMF',
	'#!AMR'
];

/** Text that makes a player open other files or addresses. */
const PLAYLIST_TEXT =
	/^\s*(#EXT|ffconcat\b|file\s+['"\w/.]|\[playlist\]|<\?xml|<(MPD|smil|asx|playlist)\b|v=0\b|https?:\/\/)/i;

/**
 * Names the container by its first bytes. Pure.
 * @param head the first 4096 bytes of the file, or all of a shorter one
 * @throws {MediaFailure} `empty_file`, `playlist_refused`, `unsupported_format` (recognised, not accepted) or `not_media`
 */
export function containerOf(head: Uint8Array): Container {
	if (head.length === 0) throw new MediaFailure('empty_file', 'the file has no bytes');
	const text = Buffer.from(head).toString('latin1');
	const container = binaryContainer(text);
	if (container) return container;
	if (PLAYLIST_TEXT.test(text.replace(/^\xef\xbb\xbf/, ''))) {
		throw new MediaFailure('playlist_refused', 'the file is a text that refers to other files');
	}
	if (REFUSED_CONTAINERS.some((start) => text.startsWith(start))) {
		throw new MediaFailure('unsupported_format', `container not accepted, first bytes ${hex(head)}`);
	}
	throw new MediaFailure('not_media', `no known container, first bytes ${hex(head)}`);
}

function binaryContainer(text: string): Container | undefined {
	if (/^[\s\S]{4}(ftyp|moov|mdat|wide|free|skip|pnot)/.test(text)) return 'mp4';
	if (text.startsWith('\x1a\x45\xdf\xa3')) return 'matroska';
	if (/^(RIFF|RF64)/.test(text))
		return text.startsWith('AVI ', 8) ? 'avi' : text.startsWith('WAVE', 8) ? 'wav' : undefined;
	if (isMpegTs(text, 0, MPEGTS_PACKET) || isMpegTs(text, 4, MPEGTS_PACKET + 4)) return 'mpegts';
	if (text.startsWith('fLaC')) return 'flac';
	if (text.startsWith('OggS')) return 'ogg';
	if (text.startsWith('ID3')) return 'mp3';
	if (/^\xff[\xf0\xf1\xf8\xf9]/.test(text)) return 'aac';
	if (/^\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]/.test(text)) return 'mp3';
	return undefined;
}

function isMpegTs(text: string, offset: number, every: number): boolean {
	return [0, 1, 2].every((packet) => text[offset + packet * every] === '\x47');
}

function hex(head: Uint8Array): string {
	return Buffer.from(head.subarray(0, 16)).toString('hex');
}

/** What the first bytes of a file say, before any parser of ffmpeg sees it. */
export type Signature = { container: Container; hasWrongExtension: boolean };

/**
 * Reads the signature of a file, and refuses an MP4 whose boxes end after the file does: such a file still names its
 * full duration, and an hour of encoding would only find out at the end.
 * @throws {MediaFailure} as `containerOf`, and `truncated`
 */
export async function readSignature(path: string): Promise<Signature> {
	const file = await open(path, 'r');
	try {
		const head = Buffer.alloc(HEAD_BYTES);
		const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
		const container = containerOf(head.subarray(0, bytesRead));
		const { size } = await file.stat();
		if (container === 'mp4' && (await isMp4CutShort(file, size))) {
			throw new MediaFailure('truncated', 'the last box of the MP4 is longer than the file');
		}
		return { container, hasWrongExtension: hasWrongExtension(path, container) };
	} finally {
		await file.close();
	}
}

/** A name without an extension is not wrong: stores keep objects under bare ids. */
export function hasWrongExtension(path: string, container: Container): boolean {
	const extension = extname(path).toLowerCase();
	return extension !== '' && !EXTENSIONS[container].includes(extension);
}
