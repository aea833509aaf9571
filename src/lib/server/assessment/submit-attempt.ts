import { eq, sql } from 'drizzle-orm';
import { isOverdue } from '#lib/assessment/attempt-rules.ts';
import { scoreAnswer } from '#lib/assessment/scoring/score.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { attemptItems, attempts } from './paper-tables.ts';
import { atomicBody } from './show-item.ts';
import { lockSitting, settleSitting, type Sitting, type Standing } from './sittings.ts';
import { questionVersions } from './tables.ts';

type By = NonNullable<(typeof attempts.$inferSelect)['submittedBy']>;

/**
 * Hands an attempt in with what it has, and works out the grade. The caller has authorised. Safe to repeat and in parallel:
 * an attempt that was handed in stays as it is, and every call is told the same standing.
 * @param by `clock` does nothing before the time is over
 */
export async function submitAttempt(
	ctx: Context,
	tx: Database,
	{ sittingId, attemptId, by }: { sittingId: string; attemptId: string; by: By }
): Promise<Standing> {
	const held = await lockSitting(tx, sittingId);
	return submitHeld(ctx, tx, held, attemptId, by);
}

/** The same for a caller that holds the sitting already. */
export async function submitHeld(
	ctx: Context,
	tx: Database,
	{ sitting, attempts: all }: Sitting,
	attemptId: string,
	by: By
): Promise<Standing> {
	const standing = { sittingId: sitting.id, percent: sitting.gradePercent, isPassed: sitting.isPassed };
	// Answers are saved under a share lock of this row: after this line none is on its way.
	const [locked] = await tx.select().from(attempts).where(eq(attempts.id, attemptId)).for('update');
	if (!locked || locked.submittedAt || !all.some(({ id }) => id === attemptId)) return standing;
	const isLate = isOverdue(locked.deadlineAt, ctx.now);
	if (by === 'clock' && !isLate) return standing;
	const score = await markItems(tx, attemptId);
	await tx
		.update(attempts)
		.set({
			score,
			submittedAt: isLate ? locked.deadlineAt : ctx.now,
			submittedBy: isLate && by === 'person' ? 'clock' : by
		})
		.where(eq(attempts.id, attemptId));
	await recordAudit(ctx, tx, 'attempt.submitted', { objectId: attemptId, unitId: sitting.unitId, by });
	return settleSitting(ctx, tx, sitting.id);
}

/** Judges every answer by the version it was asked in. @returns the sum of marks; null while a person has to mark */
async function markItems(tx: Database, attemptId: string): Promise<number | null> {
	const rows = await tx
		.select({
			position: attemptItems.position,
			partId: attemptItems.partId,
			marks: attemptItems.marks,
			answer: attemptItems.answer,
			body: questionVersions.body
		})
		.from(attemptItems)
		.innerJoin(questionVersions, eq(questionVersions.id, attemptItems.versionId))
		.where(eq(attemptItems.attemptId, attemptId));
	const judged = rows.map(({ position, partId, marks, answer, body }) => {
		const atomic = atomicBody(body, partId);
		return { position, marks, share: atomic ? scoreAnswer(atomic, answer) : 0 };
	});
	const shares = JSON.stringify(judged.map(({ position, share }) => ({ position, share })));
	await tx.execute(sql`
		update attempt_item item set share = judged.share
		from jsonb_to_recordset(${shares}::text::jsonb) as judged(position smallint, share double precision)
		where item.attempt_id = ${attemptId} and item.position = judged.position`);
	return judged.every(({ share }) => share !== null)
		? judged.reduce((sum, { marks, share }) => sum + marks * share!, 0)
		: null;
}
