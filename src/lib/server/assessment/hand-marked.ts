import { and, eq, isNotNull } from 'drizzle-orm';
import { isMarkedByHand } from '#lib/assessment/question.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { attemptItems, attempts } from './paper-tables.ts';
import { atomicBody } from './show-item.ts';
import { questionVersions } from './tables.ts';

/** Where an answer stands. */
export type ItemPlace = Readonly<{ sittingId: string; attemptId: string; position: number }>;

/**
 * An answer of an attempt that was handed in, to a question that people mark.
 * @throws {DomainError} `not_found`; `conflict` `assessment.not_to_be_marked`
 */
export async function findHandMarked(tx: Database, { sittingId, attemptId, position }: ItemPlace) {
	const [found] = await tx
		.select({ item: attemptItems, body: questionVersions.body })
		.from(attemptItems)
		.innerJoin(attempts, and(eq(attempts.id, attemptItems.attemptId), isNotNull(attempts.submittedAt)))
		.innerJoin(questionVersions, eq(questionVersions.id, attemptItems.versionId))
		.where(and(eq(attempts.sittingId, sittingId), eq(attempts.id, attemptId), eq(attemptItems.position, position)));
	const body = found && atomicBody(found.body, found.item.partId);
	if (!found || !body) throw new DomainError('not_found', 'assessment.no_such_attempt');
	if (!isMarkedByHand(body.type) || !('rubric' in body))
		throw new DomainError('conflict', 'assessment.not_to_be_marked');
	return { item: found.item, rubric: body.rubric };
}
