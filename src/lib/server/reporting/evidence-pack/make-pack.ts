import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { and, eq, inArray, isNotNull, lt } from 'drizzle-orm';
import { evidencePackMessages } from '#lib/i18n/evidence-pack.ts';
import { matchKey } from '#lib/text/fold.ts';
import { recordAudit } from '../../audit/record.ts';
import { units } from '../../organisation/tables.ts';
import type { Context } from '../../platform/context.ts';
import { csvFile, xlsxFile, type Sheet } from '../../platform/office/sheet-files.ts';
import { listAllClasses, type ListedClass } from '../../training/class-list.ts';
import { listEvidenceObjects } from '../../training/evidence.ts';
import { registerSheet } from '../../training/register-sheet.ts';
import { evidencePacks } from '../evidence-pack-tables.ts';
import { PACK_DAYS } from './request-pack.ts';
import { attendanceSheet, listSheet, resultsSheet, rosterSheet } from './sheets.ts';
import { createZipFile, type ZipFile, type ZippedFile } from './zip-file.ts';

const w = evidencePackMessages.vi.zip;
/** More than this a ZIP without ZIP64 cannot hold; the largest unit's year has a hundredth of it. */
const LARGEST_BYTES = 3.5 * 1024 ** 3;

/**
 * Makes a pack: the register, the roster with its decisions, who was trained, and for each activity its list, attendance
 * and evidence files; last an index with the SHA-256 of every file. Runs as a job; safe to run twice, it begins anew.
 */
export async function makePack(ctx: Context, packId: string, signal: AbortSignal): Promise<void> {
	const [pack] = await ctx.db
		.update(evidencePacks)
		.set({ state: 'running', done: 0 })
		.where(and(eq(evidencePacks.id, packId), inArray(evidencePacks.state, ['waiting', 'running'])))
		.returning();
	if (!pack) return;
	const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, pack.unitId));
	const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'evidence-pack-'));
	try {
		const file = path.join(folder, 'pack.zip');
		const filter = { year: pack.year, unitId: pack.unitId };
		const classes = (await listAllClasses(ctx, filter)).filter(({ status }) => status !== 'cancelled');
		await update(ctx, packId, { total: classes.length });
		const zip = createZipFile(file, ctx.now);
		const index: ZippedFile[] = [];
		const put = async (name: string, sheet: Sheet) => void index.push(await zip.add(name, await xlsxFile(sheet), true));
		await put(w.register, await registerSheet(ctx, filter, 'vi'));
		const scope = { unitPath: unit?.path ?? '', year: pack.year };
		await put(w.roster, await rosterSheet(ctx, scope));
		await put(w.results, await resultsSheet(ctx, scope));
		let bytes = 0;
		for (const [i, one] of classes.entries()) {
			signal.throwIfAborted();
			bytes += await addClass(ctx, zip, index, one, folderOf(one, i + 1));
			if (bytes > LARGEST_BYTES) throw new Error('the pack would be larger than a ZIP can be');
			await update(ctx, packId, { done: i + 1 });
		}
		await zip.add(w.index, Buffer.from(indexText(index)));
		await zip.add(w.indexTable, Buffer.from(csvFile(indexSheet(index))));
		const made = await zip.close();
		const storageKey = `evidence-packs/${packId}.zip`;
		await ctx.storage.putFile(storageKey, file, { contentType: 'application/zip', signal });
		const fileCount = index.length;
		await ctx.db.transaction(async (tx) => {
			await tx
				.update(evidencePacks)
				.set({ ...made, storageKey, fileCount, state: 'done', finishedAt: ctx.now })
				.where(eq(evidencePacks.id, packId));
			await recordAudit(ctx, tx, 'evidence_pack.made', { objectId: packId, unitId: pack.unitId, ...made, fileCount });
		});
	} catch (error) {
		if (!signal.aborted) await update(ctx, packId, { state: 'failed', finishedAt: ctx.now });
		throw error;
	} finally {
		await fs.rm(folder, { recursive: true, force: true });
	}
}

/** Removes packs that are too old to be fetched; the rows stay, to tell who had which made. */
export async function forgetPacks(ctx: Context): Promise<void> {
	const before = new Date(ctx.now.getTime() - PACK_DAYS * 86_400_000);
	const old = await ctx.db
		.select({ id: evidencePacks.id, storageKey: evidencePacks.storageKey })
		.from(evidencePacks)
		.where(and(lt(evidencePacks.recordedAt, before), isNotNull(evidencePacks.storageKey)));
	await ctx.storage.delete(old.flatMap(({ storageKey }) => storageKey ?? []));
	const ids = old.map(({ id }) => id);
	if (ids.length > 0)
		await ctx.db.update(evidencePacks).set({ storageKey: null }).where(inArray(evidencePacks.id, ids));
}

/** @returns the size of its evidence files */
async function addClass(
	ctx: Context,
	zip: ZipFile,
	index: ZippedFile[],
	one: ListedClass,
	folder: string
): Promise<number> {
	const sheets = [
		[w.list, await listSheet(ctx, one)],
		[w.attendance, await attendanceSheet(ctx, one)]
	] as const;
	for (const [name, sheet] of sheets) {
		if (sheet) index.push(await zip.add(`${folder}/${name}`, await xlsxFile(sheet), true));
	}
	let bytes = 0;
	for (const [i, file] of (await listEvidenceObjects(ctx.db, one.activityId)).entries()) {
		const name = `${w.kinds[file.kind]}-${String(i + 1).padStart(2, '0')}-${slug(file.name.replace(/\.[^.]*$/, ''))}`;
		const extension = /\.[a-z0-9]{2,5}$/.exec(file.storageKey)?.[0] ?? '';
		const source = (await ctx.storage.get(file.storageKey)) as AsyncIterable<Buffer>;
		index.push(await zip.add(`${folder}/${w.evidence}/${name}${extension}`, source, true));
		bytes += file.sizeBytes;
	}
	return bytes;
}

function folderOf({ startsOn, title, source }: ListedClass, no: number): string {
	const group = source === 'external' ? w.elsewhere : w.activities;
	return `${group}/${String(no).padStart(3, '0')}-${startsOn}-${slug(title)}`;
}

/** Plain letters, so that every archive program of every office shows the names as they are. */
function slug(text: string): string {
	return matchKey(text).replaceAll(' ', '-').slice(0, 60).replace(/-$/, '') || 'khong-ten';
}

/** As `sha256sum` writes and `sha256sum -c` checks it. */
function indexText(files: readonly ZippedFile[]): string {
	return files.map(({ sha256, path: name }) => `${sha256}  ${name}\n`).join('');
}

function indexSheet(files: readonly ZippedFile[]): Sheet {
	const rows = files.map(({ path: name, sizeBytes, sha256 }, i) => [i + 1, name, sizeBytes, sha256]);
	return { title: w.index, headings: w.indexHeadings, rows, notes: [] };
}

async function update(ctx: Context, packId: string, set: Partial<typeof evidencePacks.$inferInsert>): Promise<void> {
	await ctx.db.update(evidencePacks).set(set).where(eq(evidencePacks.id, packId));
}
