import { FileStore } from '@tus/file-store';
import type { DataStore } from '@tus/server';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Config, S3Config } from '../config.ts';
import { DomainError } from '../errors.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import type { UploadKind } from './kind.ts';
import { SpoolingS3Store } from './spooling-s3-store.ts';
import { uploadId, type UploadTarget } from './target.ts';

const MIB = 1024 * 1024;

/** Where parts of unfinished uploads gather, and how a whole one becomes the object its kind wants. */
export type UploadStore = Readonly<{
	dataStore: DataStore;
	/** Name of an upload within `dataStore`. */
	nameOf(target: UploadTarget): string;
	/** Makes the finished upload of so many bytes the object at its kind's `sourceKey`; may be repeated. */
	adopt(storage: ObjectStore, target: UploadTarget, sizeBytes: number): Promise<void>;
	/** Removes what an adopted upload leaves beside its object. After its row says so: until then a client may ask for it. */
	forget(storage: ObjectStore, target: UploadTarget): Promise<void>;
	/** Removes what is left of an upload that was not adopted; nothing there is no error. */
	discard(target: UploadTarget): Promise<void>;
	/** @throws {DomainError} `upload.disk_full` when `sizeBytes` more would not fit beside what the work on them needs */
	assertRoom(sizeBytes: number): Promise<void>;
}>;

/** Files below DATA_DIR/uploads, or parts of a multipart upload in the bucket: the same place the objects go to. */
export function openUploadStore(config: Config, kinds: readonly UploadKind[]): UploadStore {
	const sourceKey = (target: UploadTarget) => {
		const kind = kinds.find(({ name }) => name === target.kind);
		if (!kind) throw new Error(`no uploads of kind ${target.kind}`);
		return kind.sourceKey(target);
	};
	return config.s3 ? inBucket(config, config.s3, sourceKey) : inFolder(config, sourceKey);
}

type KeyOf = (target: UploadTarget) => string;

function inFolder(config: Config, sourceKey: KeyOf): UploadStore {
	const directory = path.join(config.dataDir, 'uploads');
	const dataStore = new FileStore({ directory });
	return {
		dataStore,
		nameOf: uploadId,
		async adopt(storage, target) {
			const file = path.join(directory, uploadId(target));
			await storage.putFile(sourceKey(target), file, {
				contentType: 'application/octet-stream'
			});
		},
		forget: (_, target) => removeFiles(path.join(directory, uploadId(target))),
		discard: (target) => removeFiles(path.join(directory, uploadId(target))),
		// Once as the upload, once as the object, before the first is removed.
		assertRoom: (sizeBytes) => assertRoomIn(config.dataDir, sizeBytes * 2)
	};
}

async function removeFiles(file: string): Promise<void> {
	await fs.rm(file, { force: true });
	await fs.rm(`${file}.json`, { force: true });
}

function inBucket(config: Config, s3: S3Config, sourceKey: KeyOf): UploadStore {
	const dataStore = new SpoolingS3Store(path.join(config.dataDir, 'uploads'), {
		partSize: 8 * MIB,
		useTags: false,
		// What one process remembers of an upload would be wrong as soon as another one restarts it.
		cache: { get: async () => undefined, set: async () => {}, delete: async () => {} },
		s3ClientConfig: {
			bucket: s3.bucket,
			region: s3.region,
			endpoint: s3.endpoint,
			forcePathStyle: s3.forcePathStyle,
			credentials: { accessKeyId: s3.accessKeyId ?? '', secretAccessKey: s3.secretAccessKey ?? '' },
			requestChecksumCalculation: 'WHEN_REQUIRED',
			responseChecksumValidation: 'WHEN_REQUIRED'
		}
	});
	return {
		dataStore,
		nameOf: sourceKey,
		async adopt(storage, target, sizeBytes) {
			// The last part completes the object where it belongs. A crash just before that is made good by writing nothing.
			const key = sourceKey(target);
			if (!(await storage.head(key))) await dataStore.write(Readable.from([]), key, sizeBytes);
			if (!(await storage.head(key))) throw new DomainError('not_found', 'storage.missing', { key });
		},
		// Never `discard`: the upload's own object is the source by now.
		forget: (storage, target) => storage.delete([`${sourceKey(target)}.info`]),
		async discard(target) {
			await dataStore.remove(sourceKey(target)).catch(ignoreMissing);
		},
		assertRoom: () => assertRoomIn(config.dataDir, 0) // parts pass through a temporary file
	};
}

/** Kept free beside any upload: parts, logs, a database on the same disk. */
const RESERVE_BYTES = 256 * MIB;

async function assertRoomIn(folder: string, sizeBytes: number): Promise<void> {
	const { bavail, bsize } = await fs.statfs(folder);
	if (bavail * bsize < sizeBytes + RESERVE_BYTES) throw new DomainError('conflict', 'upload.disk_full');
}

function ignoreMissing(error: unknown): void {
	const { status_code: status, name } = error as { status_code?: number; name?: string };
	if (status === 404 || /NoSuch|NotFound/.test(name ?? '')) return;
	throw error;
}
