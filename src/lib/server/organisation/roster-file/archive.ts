import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { DomainError } from '../../platform/errors.ts';

/** Limits of one roster file. The rows of the largest province's roster fit ten times over. */
export const FILE_LIMITS = {
	sizeBytes: 20 * 1024 ** 2,
	/** All parts together, unpacked. */
	unpackedBytes: 400 * 1024 ** 2,
	parts: 2000,
	rows: 50_000,
	columns: 200
} as const;

/** One part of an .xlsx archive, as its central directory tells of it (APPNOTE 6.3.10, section 4.3.12). */
export type ArchivePart = Readonly<{
	name: string;
	method: number;
	packedBytes: number;
	unpackedBytes: number;
	offset: number;
}>;

const invalid = (code: string, params: Record<string, string | number> = {}) =>
	new DomainError('invalid', `organisation.${code}`, params);

/**
 * Reads the table of contents of a file that should be an .xlsx workbook (or another Office file that holds one of the
 * `mains`), without unpacking anything.
 * @throws {DomainError} `invalid` with a code that says what the file is instead, or why it is refused
 */
export async function readArchive(
	path: string,
	mains: readonly string[] = ['xl/workbook.xml']
): Promise<ArchivePart[]> {
	const file = await open(path);
	try {
		const { size } = await file.stat();
		if (size === 0) throw invalid('file_empty');
		if (size > FILE_LIMITS.sizeBytes) throw invalid('file_too_large', { limit: '20 MB' });
		await refuseOtherTypes(file, size);
		const parts = await readDirectory(file, size);
		const names = new Set(parts.map(({ name }) => name));
		if (!mains.some((main) => names.has(main))) throw invalid('not_a_workbook');
		if (parts.some(({ name }) => /vbaProject\.bin$|\/macrosheets\//i.test(name))) throw invalid('file_has_macros');
		const total = parts.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
		if (total > FILE_LIMITS.unpackedBytes) throw invalid('file_unpacks_too_large');
		return parts;
	} finally {
		await file.close();
	}
}

/** Old binary and encrypted workbooks, and texts, have names of their own in the answer. */
async function refuseOtherTypes(file: FileHandle, size: number): Promise<void> {
	const head = await bytesAt(file, 0, Math.min(8, size));
	if (head.toString('latin1', 0, 2) === 'PK') return;
	if (head.toString('hex').startsWith('d0cf11e0')) throw invalid('file_is_old_excel');
	throw invalid('not_a_workbook');
}

async function readDirectory(file: FileHandle, size: number): Promise<ArchivePart[]> {
	const tailSize = Math.min(size, 65_557);
	const tail = await bytesAt(file, size - tailSize, tailSize);
	const end = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
	if (end < 0 || end + 22 > tail.length) throw invalid('file_damaged');
	const count = tail.readUInt16LE(end + 10);
	const directorySize = tail.readUInt32LE(end + 12);
	const directoryOffset = tail.readUInt32LE(end + 16);
	if (count > FILE_LIMITS.parts || directoryOffset + directorySize > size) throw invalid('file_damaged');
	const directory = await bytesAt(file, directoryOffset, directorySize);
	const parts: ArchivePart[] = [];
	for (let at = 0; parts.length < count;) {
		if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw invalid('file_damaged');
		if (directory.readUInt16LE(at + 8) & 1) throw invalid('file_is_encrypted');
		const nameLength = directory.readUInt16LE(at + 28);
		parts.push({
			name: directory.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\//, ''),
			method: directory.readUInt16LE(at + 10),
			packedBytes: directory.readUInt32LE(at + 20),
			unpackedBytes: directory.readUInt32LE(at + 24),
			offset: directory.readUInt32LE(at + 42)
		});
		at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
	}
	return parts;
}

/**
 * One part, unpacked as it is read.
 * @throws {DomainError} `organisation.file_unpacks_too_large` once it holds more than its directory entry admits: the
 * sizes there are the sender's word
 */
export async function* unpackPart(path: string, part: ArchivePart): AsyncGenerator<Buffer> {
	const file = await open(path);
	const header = await bytesAt(file, part.offset, 30).finally(() => file.close());
	if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) throw invalid('file_damaged');
	const start = part.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
	if (part.packedBytes === 0) return;
	const packed = createReadStream(path, { start, end: start + part.packedBytes - 1 });
	const unpacked = part.method === 0 ? packed : packed.pipe(createInflateRaw());
	packed.on('error', (error) => unpacked.destroy(error));
	let size = 0;
	try {
		for await (const chunk of unpacked as AsyncIterable<Buffer>) {
			size += chunk.length;
			if (size > part.unpackedBytes) throw invalid('file_unpacks_too_large');
			yield chunk;
		}
	} catch (error) {
		if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw invalid('file_damaged');
		throw error;
	} finally {
		packed.destroy();
	}
}

/** One small part as text, at most 4 MiB of it. */
export async function partText(path: string, part: ArchivePart | undefined): Promise<string> {
	if (!part || part.unpackedBytes > 4 * 1024 ** 2) return '';
	const chunks: Buffer[] = [];
	for await (const chunk of unpackPart(path, part)) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
	const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
	return buffer.subarray(0, bytesRead);
}
