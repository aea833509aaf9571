import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, gte, inArray, isNull, min, sql } from 'drizzle-orm';
import { isEmptyAnswer, readAnswer } from '#lib/assessment/answer.ts';
import type { AtomicBody } from '#lib/assessment/question.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { today, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { findHandMarked, type ItemPlace } from './hand-marked.ts';
import { attemptItems, attempts, returnedItems } from './paper-tables.ts';
import { atomicBody } from './show-item.ts';
import { isOfPerson, lockSitting } from './sittings.ts';
import { questionVersions } from './tables.ts';

/** An answer that waits for its learner on a day (`yyyy-mm-dd`). */
export const isReturned = (day: string) => and(isNull(returnedItems.resubmittedAt), gte(returnedItems.dueOn, day));

/**
 * Sends an answer that waits for its marker back to the learner, who may change it until a day. The caller has authorised,
 * and tells the learner.
 * @throws {DomainError} `not_found`; `conflict` `assessment.not_to_be_marked`, `assessment.marked_already`,
 * `assessment.returned_already`; `invalid` `assessment.day_is_over`
 */
export async function returnItem(
	ctx: Context,
	tx: Database,
	{ sittingId, attemptId, position }: ItemPlace,
	{ comment, dueOn }: { comment: string; dueOn: string }
): Promise<void> {
	if (dueOn < today(ctx)) throw new DomainError('invalid', 'assessment.day_is_over');
	const { sitting } = await lockSitting(tx, sittingId);
	const { item } = await findHandMarked(tx, { sittingId, attemptId, position });
	if (item.share !== null) throw new DomainError('conflict', 'assessment.marked_already');
	await refuseReturned(ctx, tx, attemptId, position);
	await tx.insert(returnedItems).values({
		...{ attemptId, position, comment, dueOn, answerBefore: item.answer },
		...{ returnedAt: ctx.now, returnedBy: accountIdOf(ctx.actor) }
	});
	await recordAudit(ctx, tx, 'attempt.returned', { objectId: attemptId, unitId: sitting.unitId, position, dueOn });
}

/** @throws {DomainError} `conflict` `assessment.returned_already` while the learner may still change the answer */
export async function refuseReturned(ctx: Context, tx: Database, attemptId: string, position: number): Promise<void> {
	const waits = and(
		eq(returnedItems.attemptId, attemptId),
		eq(returnedItems.position, position),
		isReturned(today(ctx))
	);
	if ((await tx.$count(returnedItems, waits)) > 0) throw new DomainError('conflict', 'assessment.returned_already');
}

/** Of attempts with answers that wait for their learner: the first day (`yyyy-mm-dd`) on which one is due. */
export async function listReturnDays(
	ctx: Context,
	db: Database,
	attemptIds: readonly string[]
): Promise<ReadonlyMap<string, string>> {
	if (attemptIds.length === 0) return new Map();
	const rows = await db
		.select({ attemptId: returnedItems.attemptId, dueOn: min(returnedItems.dueOn) })
		.from(returnedItems)
		.where(and(inArray(returnedItems.attemptId, [...attemptIds]), isReturned(today(ctx))))
		.groupBy(returnedItems.attemptId);
	return new Map(rows.map(({ attemptId, dueOn }) => [attemptId, dueOn!]));
}

/** A returned answer that a learner hands in again, and how it is read once the question is known. */
export type Resubmission = Readonly<{
	sittingId: string;
	attemptId: string;
	personId: string;
	position: number;
	read(body: AtomicBody): unknown;
}>;

/**
 * The learner hands a returned answer in again; it is in the marker's queue anew. What it was before stays with the return.
 * The same answer sent twice is taken once.
 * @throws {DomainError} `conflict` `assessment.nothing_returned` also for another person's, `assessment.return_is_over`;
 * `invalid` `assessment.answer_missing`
 */
export async function resubmitItem(
	ctx: Context,
	tx: Database,
	{ sittingId, attemptId, personId, position, read }: Resubmission
): Promise<void> {
	await lockSitting(tx, sittingId);
	const found = await findNewestReturn(tx, { attemptId, personId, position });
	const body = found && atomicBody(found.body, found.partId);
	if (!found || !body) throw new DomainError('conflict', 'assessment.nothing_returned');
	const answer = readAnswer(body, read(body));
	if (found.resubmittedAt) {
		if (isDeepStrictEqual(found.answerAfter, answer)) return;
		throw new DomainError('conflict', 'assessment.nothing_returned');
	}
	if (found.dueOn < today(ctx)) throw new DomainError('conflict', 'assessment.return_is_over');
	if (isEmptyAnswer(answer)) throw new DomainError('invalid', 'assessment.answer_missing');
	await tx
		.update(returnedItems)
		.set({ answerAfter: answer, resubmittedAt: ctx.now })
		.where(eq(returnedItems.id, found.id));
	await tx
		.update(attemptItems)
		.set({ answer, savedAt: ctx.now })
		.where(and(eq(attemptItems.attemptId, attemptId), eq(attemptItems.position, position)));
	await recordAudit(ctx, tx, 'attempt.resubmitted', { objectId: attemptId, unitId: found.unitId, position });
}

async function findNewestReturn(
	tx: Database,
	{ attemptId, personId, position }: Pick<Resubmission, 'attemptId' | 'personId' | 'position'>
) {
	const [found] = await tx
		.select({
			id: returnedItems.id,
			dueOn: returnedItems.dueOn,
			resubmittedAt: returnedItems.resubmittedAt,
			answerAfter: returnedItems.answerAfter,
			body: questionVersions.body,
			partId: attemptItems.partId,
			unitId: sql<string>`s.unit_id`
		})
		.from(returnedItems)
		.innerJoin(
			attemptItems,
			and(eq(attemptItems.attemptId, returnedItems.attemptId), eq(attemptItems.position, returnedItems.position))
		)
		.innerJoin(attempts, eq(attempts.id, returnedItems.attemptId))
		.innerJoin(sql`paper_sitting s`, sql`s.id = ${attempts.sittingId}`)
		.innerJoin(questionVersions, eq(questionVersions.id, attemptItems.versionId))
		.where(and(eq(returnedItems.attemptId, attemptId), eq(returnedItems.position, position), isOfPerson(personId)))
		.orderBy(desc(returnedItems.returnedAt))
		.limit(1);
	return found;
}
