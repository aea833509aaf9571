import { and, inArray, sql, type SQL } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { questions, questionSteps } from './tables.ts';

/** Questions whose newest or usable version cites this, as a condition on the citation `c`. */
const citing = (condition: SQL) => sql`exists (
	select 1 from question_version v join question_citation c on c.version_id = v.id
	where v.question_id = ${questions.id} and v.number in (${questions.usableVersion}, ${questions.newestVersion})
		and ${condition})`;

/**
 * Marks every usable question whose citation fits as "cần rà soát", whatever unit it belongs to: the law is the same for
 * all. In the caller's transaction.
 * @param citation condition on the row `c` of `question_citation`
 * @returns how many were marked
 */
export async function flagCiting(ctx: Context, tx: Database, citation: SQL, reason: string): Promise<number> {
	const flagged = await tx
		.update(questions)
		.set({
			status: 'needs_review',
			flaggedAt: ctx.now,
			flagReason: reason,
			lockVersion: sql`${questions.lockVersion} + 1`
		})
		.where(and(inArray(questions.status, ['reviewed', 'in_use']), citing(citation)))
		.returning({ id: questions.id, version: questions.newestVersion });
	if (flagged.length === 0) return 0;
	const accountId = accountIdOf(ctx.actor);
	await tx.insert(questionSteps).values(
		flagged.map(({ id, version }) => ({
			...{ questionId: id, at: ctx.now, accountId, step: 'flag', version, note: reason }
		}))
	);
	await recordAudit(ctx, tx, 'question.flagged', { count: flagged.length, ids: flagged.map(({ id }) => id) });
	return flagged.length;
}

/** As {@link flagCiting} for one document. */
export function flagDocument(ctx: Context, tx: Database, documentId: string, reason: string): Promise<number> {
	return flagCiting(ctx, tx, sql`c.document_id = ${documentId}`, reason);
}

/** Questions that cite a document and may be asked, counted before something is recorded. */
export async function countCiting(db: Database, documentId: string): Promise<number> {
	const [row] = await db
		.select({ count: sql<number>`count(*)::int` })
		.from(questions)
		.where(and(inArray(questions.status, ['reviewed', 'in_use']), citing(sql`c.document_id = ${documentId}`)));
	return row?.count ?? 0;
}
