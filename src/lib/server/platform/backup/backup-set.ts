import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';

/** Raised when a set of an earlier product can no longer be read. */
export const FORMAT = 1;

/** Files of a set. `SHA256SUMS` names all others and is written last, in the form that `sha256sum -c` reads. */
export const MANIFEST = 'manifest.json';
const SUMS = 'SHA256SUMS';
export const OBJECT_LIST = 'objects.jsonl';
export const JOB_LIST = 'jobs.jsonl';

const NAME = /^buc-giang-\d{8}-\d{6}$/;

const Table = v.object({ name: v.string(), columns: v.array(v.string()), rows: v.number() });
export type DumpedTable = Readonly<v.InferOutput<typeof Table>>;

/** What a set says of itself. Holds no secret: `keyCheck` only tells whether a SECRET_KEY is the one it was made under. */
const Manifest = v.object({
	format: v.number(),
	/** Version of the product, from package.json. */
	product: v.string(),
	madeAt: v.string(),
	postgres: v.string(),
	/** SHA-256 of each migration the database had, oldest first. */
	migrations: v.array(v.string()),
	keyCheck: v.string(),
	tables: v.array(Table),
	sequences: v.array(v.object({ name: v.string(), value: v.string(), isCalled: v.boolean() })),
	jobs: v.number(),
	/** Absent when the objects were left out (`--without-objects`). */
	objects: v.optional(v.object({ count: v.number(), bytes: v.number() })),
	/** Keys that rows name and the store did not have, when the set was made. */
	missingObjects: v.array(v.string())
});
export type Manifest = Readonly<v.InferOutput<typeof Manifest>>;

/** One stored object of a set; its bytes lie under `objects/<key>`. */
export type ObjectLine = Readonly<{
	key: string;
	sizeBytes: number;
	contentType: string;
	etag: string;
	sha256: string;
}>;

/** The set cannot be used; the message says why in both languages. */
export class BackupError extends Error {
	constructor(vietnamese: string, english: string) {
		super(`${vietnamese}\n  ${english}`);
		this.name = 'BackupError';
	}
}

/** Name of a set made at an instant, `buc-giang-20261125-223000` in Việt Nam's time, so that names sort by age. */
export function setName(at: Date): string {
	const text = at.toLocaleString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
	return `buc-giang-${text.replace(/[-:]/g, '').replace(' ', '-')}`;
}

/** Complete sets in a folder, oldest first. */
export async function listSets(folder: string): Promise<string[]> {
	const names = await fs.readdir(folder).catch(() => []);
	return names
		.filter((name) => NAME.test(name))
		.toSorted()
		.map((name) => path.join(folder, name));
}

/** The set that `folder` is, or else the newest one in it. @throws {BackupError} when there is none */
export async function findSet(folder: string): Promise<string> {
	const isSet = await fs.stat(path.join(folder, SUMS)).then(
		() => true,
		() => false
	);
	const found = isSet ? folder : (await listSets(folder)).at(-1);
	if (found) return found;
	throw new BackupError(`Không có bản sao lưu nào trong ${folder}.`, `There is no backup set in ${folder}.`);
}

/** @throws {BackupError} for a set of a format this product does not know, or without a readable manifest */
export async function readManifest(set: string): Promise<Manifest> {
	const text = await fs.readFile(path.join(set, MANIFEST), 'utf8').catch(() => 'null');
	const json: unknown = parse(text);
	if ((json as { format?: number } | null)?.format !== undefined && (json as { format: number }).format > FORMAT) {
		throw new BackupError(
			'Bản sao lưu do phiên bản mới hơn tạo ra; nâng cấp phần mềm rồi khôi phục.',
			'The set was made by a newer version of the product; upgrade, then restore.'
		);
	}
	const parsed = v.safeParse(Manifest, json);
	if (!parsed.success) throw damaged(MANIFEST);
	return parsed.output;
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

/** Writes the sums of all other files; with it the set is complete. */
export async function writeSums(set: string, sums: ReadonlyMap<string, string>): Promise<void> {
	const lines = [...sums].map(([file, sum]) => `${sum}  ${file}\n`).toSorted((a, b) => a.localeCompare(b));
	await fs.writeFile(path.join(set, SUMS), lines.join(''), { mode: 0o600 });
}

/**
 * Reads every byte of a set.
 * @throws {BackupError} naming the first file that is missing or is not what was written
 */
export async function verifySet(set: string): Promise<{ files: number }> {
	const text = await fs.readFile(path.join(set, SUMS), 'utf8').catch(() => '');
	const lines = text.split('\n').filter(Boolean);
	const named = new Set(lines.map((line) => line.slice(66)));
	for (const needed of [MANIFEST, OBJECT_LIST, JOB_LIST]) if (!named.has(needed)) throw damaged(needed);
	for (const line of lines) {
		const file = line.slice(66);
		if (!isInside(file) || (await sha256Of(path.join(set, file))) !== line.slice(0, 64)) throw damaged(file);
	}
	return { files: lines.length };
}

/** A name in the sums leads nowhere outside the set. */
const isInside = (file: string) => !path.isAbsolute(file) && !file.split('/').includes('..');

function damaged(file: string): BackupError {
	return new BackupError(
		`Bản sao lưu bị hỏng hoặc thiếu: ${file}. Không khôi phục gì.`,
		`The set is damaged or incomplete: ${file}. Nothing was restored.`
	);
}

async function sha256Of(file: string): Promise<string | undefined> {
	const hash = createHash('sha256');
	try {
		await pipeline(createReadStream(file), hash);
	} catch {
		return undefined;
	}
	return hash.digest('hex');
}

/** Lines of a JSON-lines file of the set. */
export async function* readLines<T>(file: string): AsyncIterable<T> {
	for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line) as T;
}
