import { and, asc, desc, eq, or, sql } from 'drizzle-orm';
import { writeReason } from '#lib/assessment/flag-reason.ts';
import type { DocumentChangeInput, LegalDocumentInput } from '#lib/assessment/input.ts';
import { likeContains, matchKey } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import { today, type Context } from '../platform/context.ts';
import { DomainError, sqlState } from '../platform/errors.ts';
import { countCiting, flagDocument } from './flag-questions.ts';
import { bankScope } from './question-access.ts';
import { legalDocumentChanges, legalDocuments } from './tables.ts';

const UNIQUE_VIOLATION = '23505';

/** Documents that questions rest on, with the number of questions that cite each; those cited most come first. */
export async function listDocuments(ctx: Context, { text }: { text?: string } = {}) {
	bankScope(ctx.actor); // refuses whoever may not read the bank
	const pattern = likeContains(text ?? '');
	return ctx.db
		.select({
			id: legalDocuments.id,
			number: legalDocuments.number,
			title: legalDocuments.title,
			effectiveFrom: legalDocuments.effectiveFrom,
			effectiveTo: legalDocuments.effectiveTo,
			questions: sql<number>`(select count(distinct v.question_id)::int from question_citation c
				join question_version v on v.id = c.version_id
				join question q on q.id = v.question_id and v.number in (q.newest_version, q.usable_version)
				where c.document_id = legal_document.id and q.status <> 'retired')`.as('questions')
		})
		.from(legalDocuments)
		.where(or(sql`fold(${legalDocuments.number}) like ${pattern}`, sql`fold(${legalDocuments.title}) like ${pattern}`))
		.orderBy(desc(sql`questions`), asc(legalDocuments.number))
		.limit(500);
}

/** One document with what happened to it. @throws {DomainError} `not_found` */
export async function getDocument(ctx: Context, documentId: string) {
	bankScope(ctx.actor);
	const [document] = await ctx.db.select().from(legalDocuments).where(eq(legalDocuments.id, documentId));
	if (!document) throw new DomainError('not_found', 'assessment.no_such_document');
	const [changes, usable] = await Promise.all([
		ctx.db
			.select()
			.from(legalDocumentChanges)
			.where(eq(legalDocumentChanges.documentId, documentId))
			.orderBy(desc(legalDocumentChanges.changedOn), desc(legalDocumentChanges.recordedAt)),
		countCiting(ctx.db, documentId)
	]);
	return { document, changes, usable };
}

/**
 * Changes the facts of a document. An end of its force that has passed sends its questions to review.
 * @throws {DomainError} `conflict` `form.stale`, `assessment.document_exists` for another document's number
 */
/** @public */
export async function updateDocument(ctx: Context, documentId: string, input: LegalDocumentInput): Promise<void> {
	authorise(ctx.actor, 'question:author');
	const { lockVersion, number, ...facts } = input;
	try {
		await ctx.db.transaction(async (tx) => {
			const [changed] = await tx
				.update(legalDocuments)
				.set({ ...facts, number, numberKey: matchKey(number), lockVersion: lockVersion + 1 })
				.where(and(eq(legalDocuments.id, documentId), eq(legalDocuments.lockVersion, lockVersion)))
				.returning({ id: legalDocuments.id });
			if (!changed) throw new DomainError('conflict', 'form.stale');
			if (facts.effectiveTo && facts.effectiveTo < today(ctx))
				await flagDocument(ctx, tx, documentId, writeReason({ kind: 'expired', document: number, note: '' }));
			await recordAudit(ctx, tx, 'legal_document.changed', { objectId: documentId });
		});
	} catch (error) {
		if (sqlState(error) === UNIQUE_VIOLATION) throw new DomainError('conflict', 'assessment.document_exists');
		throw error;
	}
}

/**
 * Records that a document was amended, replaced or has expired: every question that rests on it is marked "cần rà soát"
 * in the same moment, in all units.
 * @returns how many questions were marked
 */
export async function recordDocumentChange(
	ctx: Context,
	documentId: string,
	{ kind, changedOn, note }: DocumentChangeInput
): Promise<{ flagged: number }> {
	authorise(ctx.actor, 'question:review');
	return ctx.db.transaction(async (tx) => {
		const [document] = await tx
			.select({ number: legalDocuments.number })
			.from(legalDocuments)
			.where(eq(legalDocuments.id, documentId))
			.for('update');
		if (!document) throw new DomainError('not_found', 'assessment.no_such_document');
		const flagged = await flagDocument(ctx, tx, documentId, writeReason({ kind, document: document.number, note }));
		await tx
			.insert(legalDocumentChanges)
			.values({ documentId, kind, changedOn, note, flagged, recordedBy: accountIdOf(ctx.actor), recordedAt: ctx.now });
		if (kind !== 'amended')
			await tx.update(legalDocuments).set({ effectiveTo: changedOn }).where(eq(legalDocuments.id, documentId));
		await recordAudit(ctx, tx, `legal_document.${kind}`, { objectId: documentId, changedOn, flagged });
		return { flagged };
	});
}

/** Numbers of all documents, for the suggestions of the editor. */
/** @public */
export function listDocumentNumbers(ctx: Context): Promise<{ number: string; title: string }[]> {
	return ctx.db
		.select({ number: legalDocuments.number, title: legalDocuments.title })
		.from(legalDocuments)
		.orderBy(asc(legalDocuments.number))
		.limit(1000);
}
