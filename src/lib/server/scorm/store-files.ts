import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { DomainError, isDomainError } from '../platform/errors.ts';
import { scanFile, type ScannerConfig } from '../platform/files/scan.ts';
import type { ObjectStore } from '../platform/storage/object-store.ts';
import { contentTypeOf } from './content-type.ts';
import { fileKey, type PackageTarget } from './keys.ts';
import type { Archive, ArchiveEntry } from './package/archive.ts';
import type { Imported } from './import-state.ts';

/** Files at once: a package is many small files, and each waits for the disk or the network. */
const AT_ONCE = 8;
/** Larger files pass through the work folder, so that memory stays the same whatever a package holds. */
const IN_MEMORY_BYTES = 1024 ** 2;

/**
 * Copies the files of a package to the store, each under a number of its own and looked at by the scanner before it.
 * @returns their rows, and SHA-256 of each by its path
 * @param onStored share of all bytes that is stored, 0–1
 * @throws {DomainError} `invalid` `scorm.zip_damaged` where an entry does not hold what it says, those of {@link scanFile};
 * what was stored by then is the caller's to remove
 */
export async function storeFiles(
	{
		config,
		storage,
		archive,
		target,
		files,
		folder
	}: {
		config: ScannerConfig;
		storage: ObjectStore;
		archive: Archive;
		target: PackageTarget;
		files: ReadonlyMap<string, ArchiveEntry>;
		folder: string;
	},
	signal: AbortSignal,
	onStored: (share: number) => void
): Promise<{ rows: Imported['files']; hashes: ReadonlyMap<string, string> }> {
	const rows = [...files].map(([name, entry], number) => ({
		path: name,
		number,
		contentType: contentTypeOf(name),
		sizeBytes: entry.sizeBytes,
		entry
	}));
	const totalBytes = rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	const waiting = rows[Symbol.iterator](); // shared: each worker takes the next file
	let storedBytes = 0;
	const hashes = new Map<string, string>();
	async function work(): Promise<void> {
		for (const { path: name, entry, number, sizeBytes } of waiting) {
			signal.throwIfAborted();
			hashes.set(name, await storeOne(fileKey(target, number), entry, path.join(folder, String(number))));
			storedBytes += sizeBytes;
			onStored(totalBytes > 0 ? storedBytes / totalBytes : 1);
		}
	}
	async function storeOne(key: string, entry: ArchiveEntry, file: string): Promise<string> {
		const options = { contentType: 'application/octet-stream' };
		const hash = createHash('sha256');
		if (entry.sizeBytes <= IN_MEMORY_BYTES) {
			const bytes = await unpacked(entry);
			await scanFile(config, bytes);
			await storage.put(key, bytes, options);
			return hash.update(bytes).digest('hex');
		}
		async function* hashed(stream: Readable) {
			for await (const chunk of stream as AsyncIterable<Buffer>) {
				hash.update(chunk);
				yield chunk;
			}
		}
		await readable(archive.read(entry).then((stream) => pipeline(stream, hashed, createWriteStream(file), { signal })));
		await scanFile(config, createReadStream(file));
		await storage.putFile(key, file, { ...options, signal });
		await fs.rm(file);
		return hash.digest('hex');
	}
	const unpacked = (entry: ArchiveEntry) => readable(archive.read(entry).then((stream) => buffer(stream)));
	// All of them end before anything is thrown: whoever removes what was stored must be the last.
	const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
	const failed = ended.find((each) => each.status === 'rejected');
	if (failed) throw failed.reason;
	return { rows: rows.map(({ entry: _, ...row }) => row), hashes };
}

/** Errors of unpacking are the file's, not ours; those of the disk have a code. */
async function readable<T>(unpacking: Promise<T>): Promise<T> {
	try {
		return await unpacking;
	} catch (error) {
		const { code, name } = error as NodeJS.ErrnoException;
		const isOurs = isDomainError(error) || name === 'AbortError' || /^E[A-Z]+$/.test(code ?? '');
		throw isOurs ? error : new DomainError('invalid', 'scorm.zip_damaged');
	}
}
