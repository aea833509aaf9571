import type { Config } from '../config.ts';
import { openFilesystemStore, prepareFilesystemStore } from './filesystem.ts';
import type { ObjectStore } from './object-store.ts';
import { openS3Store, prepareS3Store } from './s3.ts';

/** The object store that the settings name: S3 when a bucket is given, else files below DATA_DIR. */
export function openObjectStore(config: Config): ObjectStore {
	return config.s3 ? openS3Store(config.s3) : openFilesystemStore(config);
}

/** One-time work at a start of the product: bucket and its CORS rule, or the folder. */
export async function prepareObjectStore(config: Config): Promise<void> {
	if (config.s3) await prepareS3Store(config.s3, config.origin ?? `http://localhost:${config.port}`);
	else await prepareFilesystemStore(config);
}
