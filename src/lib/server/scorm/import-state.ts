import { and, eq, or, sql } from 'drizzle-orm';
import type { AuditAction } from '#lib/i18n/audit-words.ts';
import type { Manifest, Remark } from '#lib/scorm/manifest.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { isRevision } from './access.ts';
import type { PackageTarget } from './keys.ts';
import { packageFiles, packages, revisions } from './tables.ts';

/** A revision taken by one run of the job. `run` fences: whoever wrote it last owns the revision. */
export type Claim = Readonly<PackageTarget & { run: string; sourceKey: string; attempts: number }>;

/** What an import made, to be put in force at once. */
export type Imported = Readonly<{
	manifest: Manifest;
	remarks: readonly Remark[];
	/** By item (package/content-hashes.ts). */
	contentHashes: Readonly<Record<string, string>>;
	files: readonly Readonly<{ path: string; number: number; contentType: string; sizeBytes: number }>[];
}>;

/** A live run speaks every second; the queue takes a job from its worker after 15 s without a heartbeat. */
const SILENCE = '8 seconds';

/**
 * Takes the revision for this run, also from a run that has fallen silent, but never from a live one: a job may be there
 * twice. Undefined when nothing is to be imported.
 */
export async function claimRevision(ctx: Context, target: PackageTarget, run: string): Promise<Claim | undefined> {
	const isSilent = and(eq(revisions.state, 'importing'), sql`progress_at < now() - ${SILENCE}::interval`);
	const [taken] = await ctx.db
		.update(revisions)
		.set({ state: 'importing', run, attempts: sql`attempts + 1`, progressPercent: 0, progressAt: new Date() })
		.where(and(isRevision(target), or(eq(revisions.state, 'queued'), isSilent)))
		.returning();
	if (!taken?.sourceKey) return undefined;
	return { ...target, run, sourceKey: taken.sourceKey, attempts: taken.attempts };
}

/** @returns false when the revision is no longer this run's */
export async function reportProgress(ctx: Context, claim: Claim, percent: number): Promise<boolean> {
	return change(ctx.db, claim, { progressPercent: percent, progressAt: new Date() });
}

/** Back into the queue, which will try again. */
export async function postponeRevision(ctx: Context, claim: Claim, countsAsAttempt: boolean): Promise<void> {
	const attempts = countsAsAttempt ? claim.attempts : claim.attempts - 1;
	await change(ctx.db, claim, { state: 'queued', run: null, attempts, progressAt: new Date() });
}

/** It is over: the file is at fault (`rejected`), or something of ours (`failed`, which can be tried again). */
export async function endRevision(
	ctx: Context,
	claim: Claim,
	state: 'rejected' | 'failed',
	{ code, params = {} }: { code: string; params?: Readonly<Record<string, string | number>> }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const isOurs = await change(tx, claim, {
			state,
			failureCode: code,
			failureParams: { ...params },
			run: null,
			finishedAt: new Date(),
			...(state === 'rejected' && { sourceKey: null })
		});
		if (isOurs) await audit(ctx, tx, claim, `scorm.${state}`, { code });
	});
}

/** Rows of one statement; PostgreSQL takes 65,535 values at most. */
const ROWS_AT_ONCE = 2000;

/** Puts a revision in force: manifest, files and the package's own pointer, in one transaction. */
export async function publishRevision(ctx: Context, claim: Claim, imported: Imported): Promise<void> {
	const { manifest, remarks, files, contentHashes } = imported;
	const { packageId, revision } = claim;
	await ctx.db.transaction(async (tx) => {
		const finishedAt = new Date();
		const isOurs = await change(tx, claim, {
			state: 'ready',
			manifest,
			remarks: [...remarks],
			contentHashes: { ...contentHashes },
			fileCount: files.length,
			totalBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
			progressPercent: 100,
			progressAt: finishedAt,
			finishedAt,
			failureCode: null,
			run: null
		});
		if (!isOurs) return;
		for (let at = 0; at < files.length; at += ROWS_AT_ONCE) {
			const rows = files.slice(at, at + ROWS_AT_ONCE).map((file) => ({ packageId, revision, ...file }));
			await tx.insert(packageFiles).values(rows);
		}
		await tx
			.update(packages)
			.set({ readyRevision: sql`greatest(coalesce(ready_revision, 0), ${revision})` })
			.where(eq(packages.id, packageId));
		await audit(ctx, tx, claim, 'scorm.ready', { edition: manifest.edition, files: files.length });
	});
}

async function change(db: Database, claim: Claim, values: Partial<typeof revisions.$inferInsert>): Promise<boolean> {
	const changed = await db
		.update(revisions)
		.set(values)
		.where(and(isRevision(claim), eq(revisions.run, claim.run)))
		.returning({ revision: revisions.revision });
	return changed.length > 0;
}

async function audit(ctx: Context, tx: Database, { packageId, revision }: Claim, action: AuditAction, more: object) {
	const [owner] = await tx.select({ unitId: packages.unitId }).from(packages).where(eq(packages.id, packageId));
	await recordAudit(ctx, tx, action, { objectId: packageId, unitId: owner?.unitId, revision, ...more });
}
