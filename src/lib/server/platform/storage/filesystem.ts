import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Config } from '../config.ts';
import { deriveKey } from '../secrets.ts';
import { contentTypeOf } from './content-types.ts';
import { full, missing } from './failures.ts';
import { assertKey } from './keys.ts';
import type { ObjectHead, ObjectStore } from './object-store.ts';
import { signPath } from './signed-url.ts';

/** Folders that no key can name: files being written, and content types that an extension does not imply. */
const UNFINISHED = '.unfinished';
const TYPES = '.types';
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Objects as files below `DATA_DIR/objects`, for one machine. A file is written beside and renamed, so a reader sees the
 * whole old or the whole new object. A key must not be the folder of another one.
 */
export function openFilesystemStore(config: Pick<Config, 'dataDir' | 'secretKey'>): ObjectStore {
	const root = path.join(config.dataDir, 'objects');
	const signingKey = deriveKey(config, 'signed-url');
	const locate = (key: string) => (assertKey(key), path.join(root, key));

	/** Calls `fill` with a path of its own and puts what it wrote in the key's place. */
	async function replace(key: string, contentType: string, fill: (unfinished: string) => Promise<void>): Promise<void> {
		const target = locate(key);
		const unfinished = path.join(root, UNFINISHED, randomUUID());
		try {
			await fs.mkdir(path.dirname(unfinished), { recursive: true });
			await fill(unfinished);
			await flush(unfinished);
			await noteType(key, contentType);
			await renameInto(unfinished, target);
		} catch (error) {
			await fs.rm(unfinished, { force: true });
			throw codeOf(error) === 'ENOSPC' ? full(error) : error;
		}
	}

	async function noteType(key: string, contentType: string): Promise<void> {
		const note = path.join(root, TYPES, key);
		if (contentType === contentTypeOf(key)) return fs.rm(note, { force: true });
		await fs.mkdir(path.dirname(note), { recursive: true });
		await fs.writeFile(note, contentType);
	}

	async function head(key: string): Promise<ObjectHead | undefined> {
		const found = await fs.stat(locate(key)).catch(absent);
		if (!found?.isFile()) return undefined;
		const noted = await fs.readFile(path.join(root, TYPES, key), 'utf8').catch(absent);
		return {
			key,
			sizeBytes: found.size,
			contentType: noted ?? contentTypeOf(key) ?? 'application/octet-stream',
			etag: `"${found.size.toString(16)}-${Math.round(found.mtimeMs * 1000).toString(16)}"`,
			modifiedAt: found.mtime
		};
	}

	const store: ObjectStore = {
		driver: 'filesystem',
		put: (key, body, { contentType }) => replace(key, contentType, (file) => fs.writeFile(file, body)),
		async putFile(key, source, { contentType, signal }) {
			signal?.throwIfAborted();
			await replace(key, contentType, (file) => fs.copyFile(source, file, constants.COPYFILE_FICLONE));
		},
		async get(key, range) {
			const handle = await fs.open(locate(key)).catch((error) => {
				throw isAbsent(error) ? missing(key, error) : error;
			});
			return handle.createReadStream(range);
		},
		async text(key) {
			return text(await store.get(key));
		},
		async getFile(key, target, { signal } = {}) {
			signal?.throwIfAborted();
			const unfinished = `${target}.unfinished`;
			try {
				await fs.copyFile(locate(key), unfinished, constants.COPYFILE_FICLONE);
				await fs.rename(unfinished, target);
			} catch (error) {
				await fs.rm(unfinished, { force: true });
				if (isAbsent(error)) throw missing(key, error);
				throw codeOf(error) === 'ENOSPC' ? full(error) : error;
			}
		},
		head,
		async *list(prefix) {
			for await (const key of keysBelow(root, '', prefix)) {
				const found = await head(key);
				if (found) yield found;
			}
		},
		async delete(keys) {
			for (const key of keys) {
				await fs.rm(locate(key), { force: true });
				await fs.rm(path.join(root, TYPES, key), { force: true });
				await removeEmptyFolders(root, path.dirname(key));
			}
		},
		signedUrl: (key, options) => (assertKey(key), signPath(signingKey, key, options)),
		async check() {
			await fs.mkdir(root, { recursive: true });
			await fs.access(root, constants.R_OK | constants.W_OK);
		}
	};
	return store;
}

/** Makes the folder and clears what crashes left half written more than a day ago. */
export async function prepareFilesystemStore(config: Pick<Config, 'dataDir'>): Promise<void> {
	const folder = path.join(config.dataDir, 'objects', UNFINISHED);
	await fs.mkdir(folder, { recursive: true, mode: 0o700 });
	for (const name of await fs.readdir(folder)) {
		const file = path.join(folder, name);
		const found = await fs.stat(file).catch(absent);
		if (found && Date.now() - found.mtimeMs > DAY_MS) await fs.rm(file, { force: true });
	}
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
const isAbsent = (error: unknown) => ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');

function absent(error: unknown): undefined {
	if (!isAbsent(error)) throw error;
}

/** Without it a power cut after the rename can leave the new name with no content. */
async function flush(file: string): Promise<void> {
	const handle = await fs.open(file, 'r+');
	try {
		await handle.datasync();
	} finally {
		await handle.close();
	}
}

/** Tries again where a delete of the folder's last object took the folder away in between. */
async function renameInto(from: string, to: string): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		await fs.mkdir(path.dirname(to), { recursive: true });
		try {
			return await fs.rename(from, to);
		} catch (error) {
			if (codeOf(error) !== 'ENOENT' || attempt >= 5) throw error;
		}
	}
}

/** Keys in the order of S3 (by bytes); a folder sorts as its name with the slash. */
async function* keysBelow(root: string, folder: string, prefix: string): AsyncIterable<string> {
	const entries = await fs.readdir(path.join(root, folder), { withFileTypes: true }).catch(absent);
	const names = (entries ?? []).filter((entry) => !entry.name.startsWith('.'));
	const keys = names.map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`).toSorted();
	for (const key of keys) {
		if (!key.startsWith(prefix) && !prefix.startsWith(key)) continue;
		if (key.endsWith('/')) yield* keysBelow(root, key, prefix);
		else if (key.startsWith(prefix)) yield key;
	}
}

async function removeEmptyFolders(root: string, folder: string): Promise<void> {
	for (let at = folder; at !== '.' && at !== ''; at = path.dirname(at)) {
		try {
			await fs.rmdir(path.join(root, at));
		} catch {
			return; // not empty, or gone already
		}
	}
}
