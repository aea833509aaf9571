import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { displayName, FILE_TYPES, redrawPicture } from '../platform/files/take-in-file.ts';
import { recogniseFile } from '../platform/files/recognise-file.ts';
import { documentPrefix } from './keys.ts';
import type { DocumentRow } from './queries.ts';
import { findSoffice } from '../platform/office/soffice.ts';
import { documents } from './tables.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		'lectures.convert_document': { documentId: string };
	}
}

type Prepared = Readonly<{
	kind: DocumentRow['kind'];
	extension: keyof typeof FILE_TYPES;
	bytes: Uint8Array;
	state: DocumentRow['state'];
}>;

/**
 * Keeps a file as a document of a unit; the caller has authorised. What it is decides its bytes, not its name: pictures are
 * re-encoded without their metadata, office files are converted to PDF by a job where LibreOffice is there.
 * @throws {DomainError} `lectures.empty_file`, `lectures.document_type`, `form.bad_picture`, those of
 * {@link readFormFile}
 */
export async function addDocument(ctx: Context, unitId: string, file: File): Promise<DocumentRow> {
	if (file.size === 0) throw new DomainError('invalid', 'lectures.empty_file');
	const prepared = await prepare(ctx, await readFormFile(ctx.config, file));
	const id = randomUUID();
	const storageKey = `${documentPrefix(id)}file.${prepared.extension}`;
	const contentType = FILE_TYPES[prepared.extension];
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
		return { kind: 'image', extension: 'webp', bytes: await redrawPicture(bytes), state: 'ready' };
	if (recognised?.kind === 'office') {
		const state = (await findSoffice(ctx.config)) ? 'converting' : 'download_only';
		return { kind: 'office', extension: recognised.extension, bytes, state };
	}
	throw new DomainError('invalid', 'lectures.document_type');
}
