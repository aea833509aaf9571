import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A file of a ZIP as its index names it. */
export type ZippedFile = Readonly<{ path: string; sizeBytes: number; sha256: string }>;

/** A ZIP under way: files are added one after the other, never held in memory as a whole. */
export type ZipFile = Readonly<{
	/** @param isPacked already compressed (pictures, PDF, .xlsx): stored as it is */
	add(path: string, source: Uint8Array | AsyncIterable<Uint8Array>, isPacked?: boolean): Promise<ZippedFile>;
	/** @returns size and SHA-256 of the ZIP itself */
	close(): Promise<{ sizeBytes: number; sha256: string }>;
}>;

/** Begins a ZIP at `path` (APPNOTE 6.3.10 without ZIP64: below 4 GiB and 65,535 files, which the caller sees to). */
export function createZipFile(path: string, modifiedAt: Date): ZipFile {
	const output = createWriteStream(path);
	const whole = createHash('sha256');
	let sizeBytes = 0;
	let failure: Error | null = null;
	output.on('error', (error) => (failure = error));
	const zip = new Zip((error, chunk) => {
		failure = error ?? failure;
		if (error) return;
		whole.update(chunk);
		sizeBytes += chunk.length;
		output.write(chunk);
	});
	const settle = async () => {
		if (failure) throw failure;
		if (output.writableNeedDrain) await once(output, 'drain');
	};
	return {
		async add(name, source, isPacked = false) {
			const entry = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
			entry.mtime = modifiedAt;
			zip.add(entry);
			const hash = createHash('sha256');
			let size = 0;
			for await (const chunk of source instanceof Uint8Array ? [source] : source) {
				hash.update(chunk);
				size += chunk.length;
				entry.push(chunk, false);
				await settle();
			}
			entry.push(new Uint8Array(0), true);
			await settle();
			return { path: name, sizeBytes: size, sha256: hash.digest('hex') };
		},
		async close() {
			zip.end();
			output.end();
			await finished(output);
			if (failure) throw failure;
			return { sizeBytes, sha256: whole.digest('hex') };
		}
	};
}
