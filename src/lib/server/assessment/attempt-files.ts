import { randomUUID } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import type { AttemptFile } from '#lib/assessment/attempt-file.ts';
import { isOverdue } from '#lib/assessment/attempt-rules.ts';
import type { UploadKind } from '#lib/assessment/question.ts';
import { recordAudit } from '../audit/record.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { readFormFile } from '../platform/files/read-form-file.ts';
import { recogniseMedia } from '../platform/files/recognise-media.ts';
import { displayName, takeInFile } from '../platform/files/take-in-file.ts';
import { attemptFiles, attemptItems, attempts, returnedItems } from './paper-tables.ts';
import { isReturned } from './return-item.ts';
import { atomicBody } from './show-item.ts';
import { isOfPerson } from './sittings.ts';
import { questionVersions } from './tables.ts';

/** Files somebody may send to one question, dropped ones too. */
const MOST_SENT = 30;
/** How long an address in a page works, seconds. */
const ADDRESS_LIFE_S = 4 * 60 * 60;

type Place = Readonly<{ attemptId: string; personId: string; position: number }>;

/**
 * Keeps a file for an answer, while the attempt is open or the answer was sent back. It is part of the answer once the
 * answer names it. Pictures are drawn anew without what a telephone writes into them.
 * @throws {DomainError} `not_found` for another person's attempt; `conflict` `assessment.attempt_over`,
 * `assessment.too_many_files`; `invalid` `assessment.file_not_accepted`, as `takeInFile`
 */
export async function addAttemptFile(ctx: Context, place: Place, file: File): Promise<AttemptFile> {
	const { accepts } = await findPlace(ctx, ctx.db, place); // before a file of anybody's is taken in
	const safe = await takeIn(ctx, file);
	if (!accepts.includes(safe.kind)) throw new DomainError('invalid', 'assessment.file_not_accepted');
	const storageKey = `attempts/files/${randomUUID()}.${safe.extension}`;
	const { name, kind, contentType } = safe;
	await ctx.storage.put(storageKey, safe.bytes, { contentType });
	const { attemptId, position } = place;
	const row = await ctx.db.transaction(async (tx) => {
		const { unitId } = await findPlace(ctx, tx, place);
		const sizeBytes = safe.bytes.byteLength;
		const [added] = await tx
			.insert(attemptFiles)
			.values({ attemptId, position, name, kind, contentType, sizeBytes, storageKey, recordedAt: ctx.now })
			.returning();
		await recordAudit(ctx, tx, 'attempt.file_added', { objectId: attemptId, unitId, position, fileId: added!.id });
		return added!;
	});
	return toFile(ctx, row);
}

/** The question, held with its attempt against being handed in meanwhile. */
async function findPlace(ctx: Context, db: Database, { attemptId, personId, position }: Place) {
	const [found] = await db
		.select({
			submittedAt: attempts.submittedAt,
			deadlineAt: attempts.deadlineAt,
			unitId: sql<string>`s.unit_id`,
			body: questionVersions.body,
			partId: attemptItems.partId,
			sent: sql<number>`(select count(*)::int from attempt_file f where f.attempt_id = ${attempts.id} and f.position = ${position})`,
			isReturned: sql<boolean>`exists (${db
				.select({ one: sql`1` })
				.from(returnedItems)
				.where(
					and(eq(returnedItems.attemptId, attemptId), eq(returnedItems.position, position), isReturned(today(ctx)))
				)})`
		})
		.from(attempts)
		.innerJoin(sql`paper_sitting s`, sql`s.id = ${attempts.sittingId}`)
		.innerJoin(attemptItems, and(eq(attemptItems.attemptId, attempts.id), eq(attemptItems.position, position)))
		.innerJoin(questionVersions, eq(questionVersions.id, attemptItems.versionId))
		.where(and(eq(attempts.id, attemptId), isOfPerson(personId)))
		.for('update', { of: attemptItems });
	const body = found && atomicBody(found.body, found.partId);
	if (!found || body?.type !== 'upload') throw new DomainError('not_found', 'assessment.no_such_attempt');
	const isOpen = found.submittedAt === null && !isOverdue(found.deadlineAt, ctx.now);
	if (!isOpen && !found.isReturned) throw new DomainError('conflict', 'assessment.attempt_over');
	if (found.sent >= MOST_SENT) throw new DomainError('conflict', 'assessment.too_many_files');
	return { unitId: found.unitId, accepts: body.accepts };
}

type TakenIn = Readonly<{ kind: UploadKind; extension: string; contentType: string; bytes: Uint8Array; name: string }>;

async function takeIn({ config }: Context, file: File): Promise<TakenIn> {
	const media = recogniseMedia(new Uint8Array(await file.slice(0, 64).arrayBuffer()));
	if (!media) {
		const safe = await takeInFile(config, file);
		return { ...safe, kind: safe.kind === 'image' ? 'image' : 'document' };
	}
	return { ...media, bytes: await readFormFile(config, file), name: displayName(file.name, media.extension) };
}

/** Files of attempts by attempt and position (`placeKey`), in the order they came. */
export async function listAttemptFiles(
	ctx: Context,
	attemptIds: readonly string[]
): Promise<ReadonlyMap<string, readonly AttemptFile[]>> {
	if (attemptIds.length === 0) return new Map();
	const rows = await ctx.db
		.select()
		.from(attemptFiles)
		.where(sql`${attemptFiles.attemptId} = any(${sql.param([...attemptIds])}::uuid[])`)
		.orderBy(asc(attemptFiles.recordedAt), asc(attemptFiles.id));
	const byPlace = new Map<string, AttemptFile[]>();
	for (const row of rows) {
		const key = placeKey(row.attemptId, row.position);
		byPlace.set(key, [...(byPlace.get(key) ?? []), toFile(ctx, row)]);
	}
	return byPlace;
}

export const placeKey = (attemptId: string, position: number) => `${attemptId} ${position}`;

/** The files that an answer names, in its order; what is not of this place is not shown. */
export function filesOf(answer: Answer | null, sent: readonly AttemptFile[] | undefined): AttemptFile[] {
	const ids = answer !== null && typeof answer === 'object' && 'files' in answer ? answer.files : [];
	return Array.isArray(ids) ? ids.flatMap((id) => sent?.find((file) => file.id === id) ?? []) : [];
}

function toFile({ storage }: Context, row: typeof attemptFiles.$inferSelect): AttemptFile {
	const { id, name, sizeBytes, kind, contentType, storageKey } = row;
	const isDownload = kind === 'document' && contentType !== 'application/pdf';
	const url = storage.signedUrl(storageKey, {
		expiresInS: ADDRESS_LIFE_S,
		contentType,
		...(isDownload && { downloadName: name })
	});
	return { id, name, sizeBytes, kind, url };
}

/** How long a file is kept that no answer names, after its attempt was handed in. */
const DROPPED_FOR = sql`interval '1 day'`;
const MOST_SWEPT = 500;

/** Deletes files of attempts that are over and that no answer, earlier ones included, names. @returns how many */
export async function sweepDroppedFiles(ctx: Context): Promise<number> {
	const dropped = await ctx.db.execute<{ id: string; storage_key: string }>(sql`
		select f.id, f.storage_key from attempt_file f
		join attempt a on a.id = f.attempt_id
		join attempt_item i on i.attempt_id = f.attempt_id and i.position = f.position
		where a.submitted_at < ${ctx.now.toISOString()}::timestamptz - ${DROPPED_FOR}
			and f.recorded_at < ${ctx.now.toISOString()}::timestamptz - ${DROPPED_FOR}
			and not coalesce(i.answer->'files' ? f.id::text, false)
			and not coalesce(i.late_answer->'files' ? f.id::text, false)
			and not exists (select 1 from returned_item r where r.attempt_id = f.attempt_id and r.position = f.position and (
				(r.resubmitted_at is null and r.due_on >= ${today(ctx)}::date)
				or coalesce(r.answer_before->'files' ? f.id::text, false)
				or coalesce(r.answer_after->'files' ? f.id::text, false)))
		limit ${MOST_SWEPT}`);
	if (dropped.length === 0) return 0;
	await ctx.storage.delete(dropped.map(({ storage_key }) => storage_key));
	await ctx.db
		.delete(attemptFiles)
		.where(sql`${attemptFiles.id} = any(${sql.param(dropped.map(({ id }) => id))}::uuid[])`);
	return dropped.length;
}
