import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDomainError } from '../errors.ts';
import { assertKey } from '../storage/keys.ts';
import type { ObjectHead, ObjectStore } from '../storage/object-store.ts';
import { BackupError, OBJECT_LIST, type ObjectLine, readLines } from './backup-set.ts';
import { tap } from './dump.ts';

const AT_ONCE = 8;

export const objectFile = (key: string) => `objects/${key}`;

/**
 * Copies to the set what it does not hold yet. A key keeps its content for life, so an object that an earlier set has in
 * the same size and ETag is linked from there: a daily set costs what is new.
 * @param have what the set holds already, added to
 * @param before where the same objects lie in the earlier set, by key
 */
export async function copyObjectsOut(
	storage: ObjectStore,
	set: string,
	have: Map<string, ObjectLine>,
	before: { set: string; lines: ReadonlyMap<string, ObjectLine> } | undefined
): Promise<void> {
	const copyOne = async (head: ObjectHead) => {
		const held = have.get(head.key);
		if (held?.etag === head.etag && held.sizeBytes === head.sizeBytes) return;
		const target = path.join(set, objectFile(head.key));
		await fs.mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
		await fs.rm(target, { force: true }); // never write through a link into an earlier set
		const earlier = before?.lines.get(head.key);
		const isSame = before && earlier?.etag === head.etag && earlier.sizeBytes === head.sizeBytes;
		const sha256 =
			isSame && (await link(path.join(before.set, objectFile(head.key)), target))
				? earlier.sha256
				: await download(storage, head.key, target);
		if (!sha256) return void have.delete(head.key);
		const { key, contentType, etag } = head;
		have.set(key, { key, sizeBytes: (await fs.stat(target)).size, contentType, etag, sha256 });
	};
	await inParallel(storage.list(''), copyOne);
}

const link = (from: string, to: string) =>
	fs.link(from, to).then(
		() => true,
		() => false // another disk, or a file system without links
	);

/** @returns undefined when it was removed since it was listed */
async function download(storage: ObjectStore, key: string, target: string): Promise<string | undefined> {
	const hash = createHash('sha256');
	try {
		await pipeline(await storage.get(key), tap(hash), createWriteStream(target, { mode: 0o600 }));
	} catch (error) {
		if (isDomainError(error) && error.kind === 'not_found') return undefined;
		throw error;
	}
	return hash.digest('hex');
}

/** @returns SHA-256 of the list */
export async function writeObjectList(set: string, have: ReadonlyMap<string, ObjectLine>): Promise<string> {
	const lines = [...have.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
	const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
	await fs.writeFile(path.join(set, OBJECT_LIST), text, { mode: 0o600 });
	return createHash('sha256').update(text).digest('hex');
}

export async function readObjectList(set: string): Promise<Map<string, ObjectLine>> {
	const lines = new Map<string, ObjectLine>();
	for await (const line of readLines<ObjectLine>(path.join(set, OBJECT_LIST))) lines.set(line.key, line);
	return lines;
}

/** @throws {BackupError} when the store holds something that this set did not put there */
export async function refuseForeignObjects(
	storage: ObjectStore,
	lines: ReadonlyMap<string, ObjectLine>
): Promise<void> {
	for await (const { key, sizeBytes } of storage.list('')) {
		if (lines.get(key)?.sizeBytes === sizeBytes) continue; // of a restore that was interrupted
		throw new BackupError(
			`Kho tệp đích không trống (có ${key}). Khôi phục vào kho trống.`,
			`The target’s object store is not empty (it holds ${key}). Restore into an empty one.`
		);
	}
}

/** Puts the set's objects into the store. Safe to repeat. */
export async function copyObjectsIn(
	storage: ObjectStore,
	set: string,
	lines: ReadonlyMap<string, ObjectLine>
): Promise<void> {
	await inParallel(lines.values(), async ({ key, contentType }) => {
		assertKey(key); // the list is a file that anyone may have written
		await storage.putFile(key, path.join(set, objectFile(key)), { contentType });
	});
}

/** Keys that the store lacks or has in another size. */
export async function missingFrom(storage: ObjectStore, lines: ReadonlyMap<string, ObjectLine>): Promise<string[]> {
	const there = new Map<string, number>();
	for await (const { key, sizeBytes } of storage.list('')) there.set(key, sizeBytes);
	return [...lines.values()].filter(({ key, sizeBytes }) => there.get(key) !== sizeBytes).map(({ key }) => key);
}

async function inParallel<T>(items: AsyncIterable<T> | Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
	let batch: T[] = [];
	for await (const item of items) {
		batch.push(item);
		if (batch.length < AT_ONCE) continue;
		await Promise.all(batch.map(work));
		batch = [];
	}
	await Promise.all(batch.map(work));
}
