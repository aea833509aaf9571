import { and, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { attempts, sittingOverrides, sittings } from './paper-tables.ts';
import { orderClosing } from './start-attempt.ts';

/** What somebody gets beyond the rules of the paper, and why. */
export type Extra = Readonly<{ minutes: number; attempts: number; reason: string }>;

/**
 * Gives extra time and attempts to people, in the caller's transaction, who has authorised. Minutes count for every attempt
 * from now on, for the one that is open, and for the closing of the paper.
 */
export async function giveExtra(
	ctx: Context,
	tx: Database,
	sittingIds: readonly string[],
	{ minutes, attempts: more, reason }: Extra
): Promise<void> {
	if (sittingIds.length === 0) return;
	// Held in one order, so that two examiners never wait for each other.
	await tx
		.select({ id: sittings.id })
		.from(sittings)
		.where(inArray(sittings.id, [...sittingIds]))
		.orderBy(sittings.id)
		.for('update');
	await tx
		.update(sittings)
		.set({ extraMin: sql`${sittings.extraMin} + ${minutes}`, extraAttempts: sql`${sittings.extraAttempts} + ${more}` })
		.where(inArray(sittings.id, [...sittingIds]));
	await tx.insert(sittingOverrides).values(
		sittingIds.map((sittingId) => ({
			...{ sittingId, minutes, attempts: more, reason, givenAt: ctx.now, givenBy: accountIdOf(ctx.actor) }
		}))
	);
	const isOpen = and(
		inArray(attempts.sittingId, [...sittingIds]),
		isNull(attempts.submittedAt),
		isNotNull(attempts.deadlineAt)
	);
	const moved = await tx
		.update(attempts)
		.set({ deadlineAt: sql`${attempts.deadlineAt} + ${minutes} * interval '1 minute'` })
		.where(isOpen)
		.returning({ deadlineAt: attempts.deadlineAt });
	const ends = new Set(moved.map(({ deadlineAt }) => deadlineAt!.getTime()));
	for (const end of ends) await orderClosing(ctx, tx, new Date(end));
	await recordAudit(ctx, tx, 'sitting.extra_given', {
		count: sittingIds.length,
		minutes,
		attempts: more,
		reason,
		...(sittingIds.length === 1 && { objectId: sittingIds[0] })
	});
}
