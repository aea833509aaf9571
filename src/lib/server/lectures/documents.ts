import { randomUUID } from 'node:crypto';
import path from 'node:path';
import sharp from 'sharp';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { recogniseFile } from './document-types.ts';
import { documentPrefix } from './keys.ts';
import type { DocumentRow } from './queries.ts';
import { findSoffice } from './soffice.ts';
import { documents } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.convert_document': { documentId: string };
	}
}

/** Longer side of a stored picture, pixels: sharp on a wide screen, small enough for a village's line. */
const PICTURE_SIDE = 2000;
const MOST_INPUT_PIXELS = 100_000_000;

const TYPES: Record<string, string> = {
	pdf: 'application/pdf',
	webp: 'image/webp',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

type Prepared = Readonly<{
	kind: DocumentRow['kind'];
	extension: string;
	bytes: Uint8Array;
	state: DocumentRow['state'];
}>;

/**
 * Keeps a file as a document of a unit; the caller has authorised. What it is decides its bytes, not its name: pictures are
 * re-encoded without their metadata, office files are converted to PDF by a job where LibreOffice is there.
 * @throws {DomainError} `lectures.empty_file`, `lectures.document_type`, `lectures.bad_image`
 */
export async function addDocument(ctx: Context, unitId: string, file: File): Promise<DocumentRow> {
	if (file.size === 0) throw new DomainError('invalid', 'lectures.empty_file');
	const prepared = await prepare(ctx, new Uint8Array(await file.arrayBuffer()));
	const id = randomUUID();
	const storageKey = `${documentPrefix(id)}file.${prepared.extension}`;
	const contentType = TYPES[prepared.extension] ?? 'application/octet-stream';
	await ctx.storage.put(storageKey, prepared.bytes, { contentType });
	return ctx.db.transaction(async (tx) => {
		const [added] = await tx
			.insert(documents)
			.values({
				id,
				unitId,
				name: displayName(file.name, prepared.extension),
				kind: prepared.kind,
				contentType,
				sizeBytes: prepared.bytes.byteLength,
				storageKey,
				pdfKey: prepared.kind === 'pdf' ? storageKey : null,
				state: prepared.state,
				createdBy: ctx.actor.kind === 'account' ? ctx.actor.accountId : null
			})
			.returning();
		if (prepared.state === 'converting') await ctx.queue.send(tx, 'lectures.convert_document', { documentId: id });
		await recordAudit(ctx, tx, 'document.added', { objectId: id, unitId, kind: prepared.kind });
		return added!;
	});
}

async function prepare(ctx: Context, bytes: Uint8Array): Promise<Prepared> {
	const recognised = recogniseFile(bytes);
	if (recognised?.kind === 'pdf') return { kind: 'pdf', extension: 'pdf', bytes, state: 'ready' };
	if (recognised?.kind === 'image')
		return { kind: 'image', extension: 'webp', bytes: await reencode(bytes), state: 'ready' };
	if (recognised?.kind === 'office') {
		const state = (await findSoffice(ctx.config)) ? 'converting' : 'download_only';
		return { kind: 'office', extension: recognised.extension, bytes, state };
	}
	throw new DomainError('invalid', 'lectures.document_type');
}

/** Photographs carry device, place and time, and an image file may carry more; only the pixels are kept. */
async function reencode(bytes: Uint8Array): Promise<Uint8Array> {
	try {
		return await sharp(bytes, { limitInputPixels: MOST_INPUT_PIXELS })
			.rotate()
			.resize({ width: PICTURE_SIDE, height: PICTURE_SIDE, fit: 'inside', withoutEnlargement: true })
			.webp({ quality: 82 })
			.toBuffer();
	} catch (error) {
		throw Object.assign(new DomainError('invalid', 'lectures.bad_image'), { cause: error });
	}
}

/** The name people know the file by, with the extension of what it is; shown and offered for download, never a path. */
function displayName(name: string, extension: string): string {
	const base = path
		.parse(name.normalize('NFC').replaceAll('\\', '/'))
		.name.replace(/[\p{Cc}<>:"|?*]/gu, '')
		.trim();
	return `${base.slice(0, 150) || 'tai-lieu'}.${extension}`;
}
