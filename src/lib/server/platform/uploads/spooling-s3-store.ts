import { S3Store } from '@tus/s3-store';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** What is gathered on disk before it is handed to S3 as one piece, bytes. */
const SPOOL_BYTES = 16 * 1024 * 1024;

/**
 * tus' S3 store, made fit for lines that break: on its own it drops what it holds of a part when a connection is cut, up to
 * 8 MB, so that a slow line with a cut every half minute would never get on. Here the bytes that have arrived are kept.
 */
export class SpoolingS3Store extends S3Store {
	readonly #folder: string;

	constructor(folder: string, options: ConstructorParameters<typeof S3Store>[0]) {
		super(options);
		this.#folder = folder;
	}

	/** @throws what broke the source, after the bytes before it were stored */
	override async write(source: Readable, id: string, offset: number): Promise<number> {
		await fs.mkdir(this.#folder, { recursive: true, mode: 0o700 });
		const file = path.join(this.#folder, `part-${randomUUID()}`);
		const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
		try {
			let at = offset;
			for (;;) {
				const { bytes, end } = await spool(chunks, file);
				if (bytes > 0 || end.isWhole) at = await super.write(createReadStream(file), id, at);
				if (end.error !== undefined) throw end.error;
				if (end.isWhole) return at;
			}
		} finally {
			await fs.rm(file, { force: true });
		}
	}
}

type End = Readonly<{ isWhole: boolean; error?: unknown }>;

/** Writes chunks to the file until it is full, or the source ends well or badly. */
async function spool(chunks: AsyncIterator<Buffer>, file: string): Promise<{ bytes: number; end: End }> {
	const handle = await fs.open(file, 'w', 0o600);
	let bytes = 0;
	try {
		while (bytes < SPOOL_BYTES) {
			const next = await chunks.next();
			if (next.done) return { bytes, end: { isWhole: true } };
			await handle.writeFile(next.value);
			bytes += next.value.length;
		}
		return { bytes, end: { isWhole: false } };
	} catch (error) {
		return { bytes, end: { isWhole: false, error } };
	} finally {
		await handle.close();
	}
}
