import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { seedId } from '../platform/seed-values.ts';
import { contentTypeOf } from './content-type.ts';
import { fileKey } from './keys.ts';
import { contentHashes } from './package/content-hashes.ts';
import { pathFinder } from './package/launch-address.ts';
import { readManifest } from './package/manifest.ts';
import { packageFiles, packages, revisions } from './tables.ts';

const SAMPLE = path.join(import.meta.dirname, 'demo/verify-news');

/** The sample package as attempts name it. */
export const SAMPLE_PACKAGE = { packageId: seedId('package verify-news'), revision: 1, organization: 'main' };

/**
 * The sample package (SCORM 1.2: three situations with questions), as its import would leave it.
 * @returns the package; its revision 1 is ready
 */
export async function seedPackage(
	ctx: Context,
	tx: Database,
	unitId: string
): Promise<{ packageId: string; title: string }> {
	const { organization: _, ...target } = SAMPLE_PACKAGE;
	const names = (await fs.readdir(SAMPLE)).toSorted();
	const files = await Promise.all(
		names.map(async (name) => ({ name, bytes: await fs.readFile(path.join(SAMPLE, name)) }))
	);
	const { manifest, remarks, ownFiles } = readManifest(
		await fs.readFile(path.join(SAMPLE, 'imsmanifest.xml')),
		pathFinder(names)
	);
	await tx.insert(packages).values({ id: target.packageId, unitId, title: manifest.title, readyRevision: 1 });
	await tx.insert(revisions).values({
		...{ ...target, state: 'ready', manifest, remarks: [...remarks], finishedAt: ctx.now },
		contentHashes: contentHashes(manifest, ownFiles, new Map(files.map(({ name, bytes }) => [name, sha256(bytes)]))),
		fileCount: files.length,
		totalBytes: files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
		sourceName: 'kiem-chung-truoc-khi-chia-se.zip'
	});
	for (const [number, { name, bytes }] of files.entries()) {
		await ctx.storage.put(fileKey(target, number), bytes, { contentType: 'application/octet-stream' });
		const facts = { path: name, number, contentType: contentTypeOf(name), sizeBytes: bytes.byteLength };
		await tx.insert(packageFiles).values({ ...target, ...facts });
	}
	return { packageId: target.packageId, title: manifest.title };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
