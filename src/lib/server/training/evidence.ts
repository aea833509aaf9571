import { createHash, randomUUID } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import sharp from 'sharp';
import type { EvidenceKind } from '#lib/training/activity.ts';
import { isEditable } from '#lib/training/lifecycle.ts';
import { tidy } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { accountOf, getClass, lockClass } from './access.ts';
import { evidenceFiles } from './tables.ts';

/** A file made safe and stored, not yet tied to a class. */
export type StoredEvidence = Readonly<{
	name: string;
	contentType: string;
	sizeBytes: number;
	sha256: string;
	storageKey: string;
}>;

const PDF = 'application/pdf';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Long side of a photograph of a signed sheet at which names stay legible. */
const LONGEST_SIDE_PX = 2600;
/** Larger pictures are decompression bombs, not photographs (a 108-megapixel phone passes). */
const LARGEST_PICTURE_PX = 130_000_000;

/**
 * Stores a file that shall prove a class. Pictures are drawn anew, upright and without metadata (a telephone writes place
 * and owner into them); PDF and Excel files are kept as they are.
 * @throws {DomainError} `invalid` `form.file_type`, those of {@link readFormFile}
 */
export async function storeEvidence(ctx: Context, file: File): Promise<StoredEvidence> {
	const given = await readFormFile(ctx.config, file);
	const { body, contentType, extension } = await asSafeFile(given);
	const storageKey = `evidence/${randomUUID()}.${extension}`;
	await ctx.storage.put(storageKey, body, { contentType });
	return {
		name: tidy(file.name).slice(0, 200) || `minh-chung.${extension}`,
		contentType,
		sizeBytes: body.length,
		sha256: createHash('sha256').update(body).digest('hex'),
		storageKey
	};
}

/** As {@link storeEvidence}, one after the other. */
export async function storeAllEvidence(ctx: Context, files: readonly File[]): Promise<StoredEvidence[]> {
	const stored: StoredEvidence[] = [];
	for (const file of files) stored.push(await storeEvidence(ctx, file));
	return stored;
}

/**
 * Adds a file to a class.
 * @throws {DomainError} `conflict` once the class is locked; those of {@link storeEvidence}
 */
export async function addEvidence(
	ctx: Context,
	activityId: string,
	{ kind, file }: { kind: EvidenceKind; file: File }
): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await getClass(ctx.db, scope, activityId); // before a file of anybody's is taken in
	const stored = await storeEvidence(ctx, file);
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		if (activity.status === 'locked') throw new DomainError('conflict', 'training.class_locked');
		await insertEvidence(ctx, tx, activityId, activity.organiserUnitId, kind, stored);
	});
}

/** Ties a stored file to a class, in the caller's transaction. */
export async function insertEvidence(
	ctx: Context,
	tx: Database,
	activityId: string,
	organiserUnitId: string,
	kind: EvidenceKind,
	stored: StoredEvidence,
	bridgeSiteId?: string
): Promise<void> {
	const [row] = await tx
		.insert(evidenceFiles)
		.values({ ...stored, activityId, kind, bridgeSiteId, recordedBy: accountOf(ctx.actor) })
		.returning({ id: evidenceFiles.id });
	await recordAudit(ctx, tx, 'evidence.added', {
		objectId: activityId,
		unitId: organiserUnitId,
		evidenceId: row?.id,
		kind,
		sha256: stored.sha256
	});
}

/** Takes a file off a class; the row and the object stay. */
export async function voidEvidence(
	ctx: Context,
	activityId: string,
	{ evidenceId, reason }: { evidenceId: string; reason: string }
): Promise<void> {
	const scope = authorise(ctx.actor, 'training:manage');
	await ctx.db.transaction(async (tx) => {
		const activity = await lockClass(tx, scope, activityId, 'use');
		if (!isEditable(activity.status)) throw new DomainError('conflict', 'training.class_closed');
		const voided = await tx
			.update(evidenceFiles)
			.set({ voidedAt: ctx.now })
			.where(
				and(eq(evidenceFiles.id, evidenceId), eq(evidenceFiles.activityId, activityId), isNull(evidenceFiles.voidedAt))
			)
			.returning({ id: evidenceFiles.id });
		if (voided.length === 0) return;
		await recordAudit(ctx, tx, 'evidence.voided', {
			objectId: activityId,
			unitId: activity.organiserUnitId,
			evidenceId,
			reason
		});
	});
}

/** Files of a class that stand, in the order they came. */
export function listEvidence(db: Database, activityId: string) {
	return db
		.select({
			evidenceId: evidenceFiles.id,
			kind: evidenceFiles.kind,
			name: evidenceFiles.name,
			contentType: evidenceFiles.contentType,
			sizeBytes: evidenceFiles.sizeBytes,
			sha256: evidenceFiles.sha256,
			recordedAt: evidenceFiles.recordedAt
		})
		.from(evidenceFiles)
		.where(and(eq(evidenceFiles.activityId, activityId), isNull(evidenceFiles.voidedAt)))
		.orderBy(asc(evidenceFiles.recordedAt), asc(evidenceFiles.id));
}

/** Files of a class that stand, as they lie in storage. */
export function listEvidenceObjects(db: Database, activityId: string) {
	return db
		.select({
			kind: evidenceFiles.kind,
			name: evidenceFiles.name,
			sizeBytes: evidenceFiles.sizeBytes,
			storageKey: evidenceFiles.storageKey
		})
		.from(evidenceFiles)
		.where(and(eq(evidenceFiles.activityId, activityId), isNull(evidenceFiles.voidedAt)))
		.orderBy(asc(evidenceFiles.recordedAt), asc(evidenceFiles.id));
}

/**
 * An address that shows one file for a few minutes.
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function evidenceUrl(ctx: Context, activityId: string, evidenceId: string): Promise<string> {
	await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	const [file] = await ctx.db
		.select()
		.from(evidenceFiles)
		.where(and(eq(evidenceFiles.id, evidenceId), eq(evidenceFiles.activityId, activityId)));
	if (!file) throw new DomainError('not_found', 'training.no_evidence');
	const downloadName = file.contentType === XLSX ? file.name : undefined;
	return ctx.storage.signedUrl(file.storageKey, { expiresInS: 300, contentType: file.contentType, downloadName });
}

async function asSafeFile(given: Buffer): Promise<{ body: Buffer; contentType: string; extension: string }> {
	if (given.subarray(0, 5).toString('latin1') === '%PDF-') return { body: given, contentType: PDF, extension: 'pdf' };
	// Every .xlsx is a ZIP; what is inside is never opened by us once it is evidence, only handed out as a download.
	if (given.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
		return { body: given, contentType: XLSX, extension: 'xlsx' };
	}
	try {
		const body = await sharp(given, { limitInputPixels: LARGEST_PICTURE_PX, failOn: 'error' })
			.rotate()
			.resize({ width: LONGEST_SIDE_PX, height: LONGEST_SIDE_PX, fit: 'inside', withoutEnlargement: true })
			.flatten({ background: '#ffffff' })
			.jpeg({ quality: 82 })
			.toBuffer();
		return { body, contentType: 'image/jpeg', extension: 'jpg' };
	} catch {
		throw new DomainError('invalid', 'form.file_type');
	}
}
