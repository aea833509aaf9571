import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { attempts } from './paper-tables.ts';

/**
 * Opens the next question of a paper without a way back. Said twice, it happens once: `from` is the position left.
 * The caller has authorised: the sitting is the person's own.
 */
export async function moveOn(
	db: Database,
	{ sittingId, attemptId, from }: { sittingId: string; attemptId: string; from: number }
): Promise<void> {
	await db
		.update(attempts)
		.set({ reached: sql`${attempts.reached} + 1` })
		.where(
			and(
				eq(attempts.id, attemptId),
				eq(attempts.sittingId, sittingId),
				eq(attempts.reached, from),
				isNull(attempts.submittedAt),
				sql`exists (select 1 from attempt_item i where i.attempt_id = ${attempts.id} and i.position = ${from} + 1)`
			)
		);
}
