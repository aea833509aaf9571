import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Sql } from 'postgres';
import type { Config } from '../config.ts';
import { deriveKey, keyedHash } from '../secrets.ts';
import type { ObjectStore } from '../storage/object-store.ts';
import {
	FORMAT,
	listSets,
	type Manifest,
	MANIFEST,
	type ObjectLine,
	OBJECT_LIST,
	setName,
	writeSums
} from './backup-set.ts';
import { dumpDatabase } from './dump.ts';
import { copyObjectsOut, objectFile, readObjectList, writeObjectList } from './objects.ts';

/** A snapshot is taken again when objects vanished while it was copied, at most this often. */
const ATTEMPTS = 3;

export type BackupOptions = Readonly<{
	pool: Sql;
	storage: ObjectStore;
	config: Pick<Config, 'secretKey'>;
	/** Version of the product. */
	product: string;
	/** Folder that sets are made in. */
	folder: string;
	now: Date;
	leftOut: readonly string[];
	withObjects: boolean;
	note(text: string): void;
}>;

/** Tells one SECRET_KEY from another without telling what it is. */
export function keyCheckOf(config: Pick<Config, 'secretKey'>): string {
	return keyedHash(deriveKey(config, 'backup-check'), 'buc-giang').toString('hex').slice(0, 32);
}

/**
 * Makes a set while the product runs. Objects are listed after the snapshot and are never changed under a key, so what a
 * row of the snapshot names is there; should one have been removed meanwhile, the snapshot is taken anew.
 * @returns the set's folder, which got its name only when everything in it was written
 */
export async function makeBackup(options: BackupOptions): Promise<{ set: string; manifest: Manifest }> {
	const { pool, storage, folder, now, note } = options;
	const set = path.join(folder, setName(now));
	const unfinished = `${set}.unfinished`;
	await fs.mkdir(folder, { recursive: true, mode: 0o700 });
	await fs.mkdir(unfinished, { mode: 0o700 });
	try {
		const have = new Map<string, ObjectLine>();
		const before = options.withObjects ? await newestOf(folder) : undefined;
		let missing: string[] = [];
		for (let attempt = 1; ; attempt++) {
			note('→ Cơ sở dữ liệu / Database');
			const dump = await dumpDatabase(pool, unfinished, options.leftOut);
			if (options.withObjects) {
				note('→ Kho tệp / Objects');
				await copyObjectsOut(storage, unfinished, have, before);
			}
			const stillMissing = options.withObjects ? [...dump.referenced].filter((key) => !have.has(key)).toSorted() : [];
			const isSettled = stillMissing.join() === missing.join() || attempt === ATTEMPTS;
			missing = stillMissing;
			if (missing.length > 0 && !isSettled) continue;
			const { sums, referenced: _, ...database } = dump;
			const manifest: Manifest = {
				format: FORMAT,
				product: options.product,
				madeAt: now.toISOString(),
				keyCheck: keyCheckOf(options.config),
				...database,
				tables: [...database.tables],
				...(options.withObjects && { objects: totalOf(have) }),
				missingObjects: missing
			};
			await finish(unfinished, manifest, have, sums);
			await fs.rename(unfinished, set);
			return { set, manifest };
		}
	} catch (error) {
		await fs.rm(unfinished, { recursive: true, force: true });
		throw error;
	}
}

async function newestOf(folder: string) {
	const set = (await listSets(folder)).at(-1);
	const lines = set && (await readObjectList(set).catch(() => undefined));
	return set && lines ? { set, lines } : undefined;
}

function totalOf(have: ReadonlyMap<string, ObjectLine>) {
	const bytes = [...have.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
	return { count: have.size, bytes };
}

async function finish(
	set: string,
	manifest: Manifest,
	have: ReadonlyMap<string, ObjectLine>,
	databaseSums: ReadonlyMap<string, string>
): Promise<void> {
	const sums = new Map(databaseSums);
	sums.set(OBJECT_LIST, await writeObjectList(set, have));
	for (const { key, sha256 } of have.values()) sums.set(objectFile(key), sha256);
	const text = JSON.stringify(manifest, null, '\t');
	await fs.writeFile(path.join(set, MANIFEST), text, { mode: 0o600 });
	sums.set(MANIFEST, createHash('sha256').update(text).digest('hex'));
	await writeSums(set, sums);
}

/** Removes the oldest complete sets of a folder beyond `keep`. @returns how many */
export async function pruneSets(folder: string, keep: number): Promise<number> {
	const old = (await listSets(folder)).slice(0, -keep);
	for (const set of old) await fs.rm(set, { recursive: true });
	return old.length;
}
