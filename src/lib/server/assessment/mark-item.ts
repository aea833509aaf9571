import { and, eq } from 'drizzle-orm';
import { scoreRubric, type RubricPoints } from '#lib/assessment/scoring/rubric.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { findHandMarked, type ItemPlace } from './hand-marked.ts';
import { attemptItems, attempts } from './paper-tables.ts';
import { refuseReturned } from './return-item.ts';
import { lockSitting, settleSitting, type Standing } from './sittings.ts';

/** Marks somebody gives by hand. `marks` counts where the question has no rubric. */
export type HandMark = Readonly<{ points: RubricPoints; marks: number | undefined; comment: string }>;

/**
 * Marks one answer by hand, also anew, and works out attempt and grade; whoever embeds the paper is told. The caller has
 * authorised.
 * @throws {DomainError} `not_found`; `conflict` `assessment.not_to_be_marked`, `assessment.returned_already`; `invalid`
 * `assessment.points_missing`
 */
export async function markItem(
	ctx: Context,
	tx: Database,
	{ sittingId, attemptId, position }: ItemPlace,
	{ points, marks, comment }: HandMark
): Promise<Standing> {
	const { sitting } = await lockSitting(tx, sittingId);
	const { item, rubric } = await findHandMarked(tx, { sittingId, attemptId, position });
	await refuseReturned(ctx, tx, attemptId, position);
	const share =
		rubric.length > 0
			? scoreRubric(rubric, points)
			: marks !== undefined && marks <= item.marks
				? marks / item.marks
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
