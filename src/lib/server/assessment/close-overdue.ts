import { and, isNull, lt } from 'drizzle-orm';
import { GRACE_S } from '#lib/assessment/attempt-rules.ts';
import { within, type Context } from '../platform/context.ts';
import { attempts } from './paper-tables.ts';
import { submitAttempt } from './submit-attempt.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		/** Hands in what is over; empty, since one run takes all. */
		'assessment.close_overdue': Record<string, never>;
		/** A sitting's grade came about without its person: the clock, a marker, a changed key. Whoever embeds it acts. */
		'assessment.sitting_graded': { sittingId: string };
	}
}

/** Attempts of one look into the table. */
const AT_ONCE = 200;

/**
 * Hands in every attempt whose time is over, each in a transaction of its own, so that one that cannot be marked keeps no
 * other from it; it is tried again with the next run.
 */
export async function closeOverdue(ctx: Context, signal?: AbortSignal): Promise<number> {
	const tried = new Set<string>();
	const failures: unknown[] = [];
	for (;;) {
		const due = await ctx.db
			.select({ attemptId: attempts.id, sittingId: attempts.sittingId })
			.from(attempts)
			.where(and(isNull(attempts.submittedAt), lt(attempts.deadlineAt, new Date(ctx.now.getTime() - GRACE_S * 1000))))
			.orderBy(attempts.deadlineAt)
			.limit(AT_ONCE + failures.length);
		const fresh = due.filter(({ attemptId }) => !tried.has(attemptId));
		if (fresh.length === 0 || signal?.aborted) break;
		for (const each of fresh) {
			tried.add(each.attemptId);
			await closeOne(ctx, each).catch((error: unknown) => failures.push(error));
		}
	}
	if (failures.length > 0) throw failures[0];
	return tried.size;
}

async function closeOne(
	ctx: Context,
	{ attemptId, sittingId }: { attemptId: string; sittingId: string }
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		await submitAttempt(within(ctx, tx), tx, { sittingId, attemptId, by: 'clock' });
		await ctx.queue.send(tx, 'assessment.sitting_graded', { sittingId });
	});
}
