import { eq, sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import type { PaperVariant } from '#lib/assessment/paper-variant.ts';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database.ts';
import { DomainError } from '../../platform/errors.ts';
import { attempts } from '../paper-tables.ts';
import { lockSitting, type Standing } from '../sittings.ts';
import { insertItems } from '../start-attempt.ts';
import { submitHeld } from '../submit-attempt.ts';

/** What one person wrote on one mã đề: answers by the number of the question; those left blank are missing. */
type OnPaper = Readonly<{
	items: PaperVariant['items'];
	sections: readonly string[];
	answers: ReadonlyMap<number, Answer>;
	/** When it was written. */
	at: Date;
}>;

/**
 * Makes a first attempt of what was answered on paper and marks it as one that was handed in here. The caller has authorised.
 * @throws {DomainError} `conflict` `assessment.already_begun` where there is an attempt
 */
export async function enterAttempt(
	ctx: Context,
	tx: Database,
	sittingId: string,
	{ items, sections, answers, at }: OnPaper
): Promise<Standing> {
	const before = await lockSitting(tx, sittingId);
	if (before.attempts.length > 0) throw new DomainError('conflict', 'assessment.already_begun');
	const [made] = await tx
		.insert(attempts)
		.values({
			...{ sittingId, number: 1, startedAt: at, sections },
			maxMarks: items.reduce((sum, { marks }) => sum + marks, 0)
		})
		.returning({ id: attempts.id });
	const attemptId = made!.id;
	await insertItems(tx, attemptId, items);
	const given = JSON.stringify([...answers].map(([position, answer]) => ({ position, answer })));
	await tx.execute(sql`
		update attempt_item item set answer = given.answer, sequence = 1, saved_at = ${ctx.now.toISOString()}::timestamptz
		from jsonb_to_recordset(${given}::text::jsonb) as given(position smallint, answer jsonb)
		where item.attempt_id = ${attemptId} and item.position = given.position`);
	const standing = await submitHeld(ctx, tx, await lockSitting(tx, sittingId), attemptId, 'paper');
	await tx.update(attempts).set({ submittedAt: at }).where(eq(attempts.id, attemptId));
	return standing;
}
