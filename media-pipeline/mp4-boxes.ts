import type { FileHandle } from 'node:fs/promises';

const MAX_BOXES = 200_000;
const BOXES_THAT_MATTER = new Set(['mdat', 'moov', 'moof']);

/**
 * Whether a top-level box that carries media reaches beyond the end of the file (ISO/IEC 14496-12, 4.2).
 * Trailing bytes that are no box, as some cameras leave them, are not held against the file.
 */
export async function isMp4CutShort(file: FileHandle, sizeBytes: number): Promise<boolean> {
	const header = Buffer.alloc(16);
	let offset = 0;
	for (let box = 0; box < MAX_BOXES && offset + 8 <= sizeBytes; box++) {
		const { bytesRead } = await file.read(header, 0, 16, offset);
		const type = header.toString('latin1', 4, 8);
		let boxBytes = header.readUInt32BE(0);
		if (boxBytes === 1 && bytesRead === 16) boxBytes = Number(header.readBigUInt64BE(8));
		if (boxBytes === 0) return false; // by definition up to the end of the file
		if (boxBytes < 8) return false;
		offset += boxBytes;
		if (offset > sizeBytes) return BOXES_THAT_MATTER.has(type);
	}
	return false;
}

/**
 * RFC 6381 name of the H.264 stream described by an fMP4 initialisation segment, such as `avc1.64001f`.
 * Read from its `avcC` box, so that it is what the encoder really wrote.
 * @returns undefined when there is no H.264 in it
 */
export function h264CodecOf(init: Uint8Array): string | undefined {
	const bytes = Buffer.from(init.buffer, init.byteOffset, init.byteLength);
	const at = bytes.indexOf('avcC', 0, 'latin1');
	if (at < 0 || at + 8 > bytes.length) return undefined;
	return `avc1.${bytes.toString('hex', at + 5, at + 8)}`;
}
