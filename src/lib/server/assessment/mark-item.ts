import { and, eq, isNotNull } from 'drizzle-orm';
import { isMarkedByHand } from '#lib/assessment/question.ts';
import { scoreRubric, type RubricPoints } from '#lib/assessment/scoring/rubric.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { attemptItems, attempts } from './paper-tables.ts';
import { atomicBody } from './show-item.ts';
import { lockSitting, settleSitting, type Standing } from './sittings.ts';
import { questionVersions } from './tables.ts';

/** Marks somebody gives by hand. `marks` counts where the question has no rubric. */
export type HandMark = Readonly<{ points: RubricPoints; marks: number | undefined; comment: string }>;

/**
 * Marks one answer by hand, also anew, and works out attempt and grade; whoever embeds the paper is told. The caller has
 * authorised.
 * @throws {DomainError} `not_found`; `conflict` `assessment.not_to_be_marked`; `invalid` `assessment.points_missing`
 */
export async function markItem(
	ctx: Context,
	tx: Database,
	{ sittingId, attemptId, position }: { sittingId: string; attemptId: string; position: number },
	{ points, marks, comment }: HandMark
): Promise<Standing> {
	const { sitting } = await lockSitting(tx, sittingId);
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
	const share =
		body.rubric.length > 0
			? scoreRubric(body.rubric, points)
			: marks !== undefined && marks <= found.item.marks
				? marks / found.item.marks
				: undefined;
	if (share === undefined) throw new DomainError('invalid', 'assessment.points_missing');
	await tx
		.update(attemptItems)
		.set({ share, rubricPoints: points, comment, markedAt: ctx.now, markedBy: accountIdOf(ctx.actor) })
		.where(and(eq(attemptItems.attemptId, attemptId), eq(attemptItems.position, position)));
	await rescore(tx, attemptId);
	const standing = await settleSitting(ctx, tx, sittingId);
	await recordAudit(ctx, tx, 'attempt.marked', { objectId: attemptId, unitId: sitting.unitId, position, share });
	await ctx.queue.send(tx, 'assessment.sitting_graded', { sittingId });
	return standing;
}

/** Adds an attempt's marks up anew; null while one is missing. */
async function rescore(tx: Database, attemptId: string): Promise<void> {
	const rows = await tx
		.select({ marks: attemptItems.marks, share: attemptItems.share })
		.from(attemptItems)
		.where(eq(attemptItems.attemptId, attemptId));
	const score = rows.every(({ share }) => share !== null)
		? rows.reduce((sum, { marks, share }) => sum + marks * share!, 0)
		: null;
	await tx.update(attempts).set({ score }).where(eq(attempts.id, attemptId));
}
