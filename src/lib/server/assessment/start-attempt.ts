import { eq, inArray, sql } from 'drizzle-orm';
import { deadlineOf, GRACE_S, isOverdue, startRefusal } from '#lib/assessment/attempt-rules.ts';
import { layOut, pickQuestions, type LaidItem } from '#lib/assessment/draw.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { listDrawable } from './drawable.ts';
import { attemptItems, attempts } from './paper-tables.ts';
import { lockSitting, percentOfAttempt, randomShare, type Sitting } from './sittings.ts';
import { submitHeld } from './submit-attempt.ts';
import { questionVersions } from './tables.ts';

/**
 * Starts an attempt, or goes on with the one that is open. The caller has authorised: the sitting is the person's own.
 * Safe to repeat and in parallel: the sitting is held, and all calls get the same attempt.
 * @param given the password of the room, where the paper has one
 * @throws {DomainError} `conflict` with the rule that says no (`startRefusal`), `assessment.wrong_password`,
 * `assessment.too_few_questions`
 */
export async function startAttempt(
	ctx: Context,
	tx: Database,
	sittingId: string,
	given: { password?: string | undefined } = {}
): Promise<{ attemptId: string; isNew: boolean }> {
	let sitting = await lockSitting(tx, sittingId);
	const open = sitting.attempts.find(({ submittedAt }) => submittedAt === null);
	if (open && !isOverdue(open.deadlineAt, ctx.now)) return { attemptId: open.id, isNew: false };
	if (open) {
		await submitHeld(ctx, tx, sitting, open.id, 'clock');
		sitting = await lockSitting(tx, sittingId);
	}
	assertMayStart(ctx, sitting, given.password);
	const attemptId = await insertAttempt(ctx, tx, sitting);
	return { attemptId, isNew: true };
}

function assertMayStart(ctx: Context, { paper, attempts: all }: Sitting, password: string | undefined): void {
	const done = all.map((attempt) => ({ submittedAt: attempt.submittedAt, percent: percentOfAttempt(attempt) }));
	const refusal = startRefusal(paper.settings, done, ctx.now);
	if (refusal) throw new DomainError('conflict', refusal.code);
	const expected = paper.settings.password;
	if (expected !== '' && expected !== password) throw new DomainError('conflict', 'assessment.wrong_password');
}

async function insertAttempt(ctx: Context, tx: Database, { sitting, paper, attempts: all }: Sitting): Promise<string> {
	const seen = await seenQuestions(
		tx,
		all.map(({ id }) => id)
	);
	const drawable = await listDrawable(tx, paper.unitId, paper.content);
	const { picked, shortages } = pickQuestions(paper.content, drawable, seen, randomShare);
	if (shortages.length > 0 || picked.length === 0) throw new DomainError('conflict', 'assessment.too_few_questions');
	const bodies = await bodiesOf(
		tx,
		picked.map(({ versionId }) => versionId)
	);
	const items = layOut(picked, bodies, paper.settings, randomShare);
	const deadlineAt = deadlineOf(ctx.now, paper.settings);
	const [made] = await tx
		.insert(attempts)
		.values({
			sittingId: sitting.id,
			number: all.length + 1,
			startedAt: ctx.now,
			deadlineAt,
			sections: paper.content.flatMap((part) => (part.kind === 'section' ? [part.title] : [])),
			reached: paper.settings.isSequential && paper.settings.layout === 'one' ? 1 : null,
			maxMarks: items.reduce((sum, { marks }) => sum + marks, 0)
		})
		.returning({ id: attempts.id });
	const attemptId = made!.id;
	await insertItems(tx, attemptId, items);
	if (deadlineAt) await orderClosing(ctx, tx, deadlineAt);
	await recordAudit(ctx, tx, 'attempt.started', { objectId: attemptId, unitId: sitting.unitId, paperId: paper.id });
	return attemptId;
}

/** In one statement whose text is always the same: thousands begin within a minute. */
export async function insertItems(tx: Database, attemptId: string, items: readonly LaidItem[]): Promise<void> {
	await tx.execute(sql`
		insert into attempt_item (attempt_id, position, version_id, part_id, section, marks, option_order)
		select ${attemptId}::uuid, item.position, item."versionId", item."partId", item.section, item.marks, item."optionOrder"
		from jsonb_to_recordset(${JSON.stringify(items)}::text::jsonb) as item(position smallint, "versionId" uuid,
			"partId" text, section smallint, marks double precision, "optionOrder" text[])`);
}

/** One job closes all attempts that end in the same ten seconds. */
const SLOT_MS = 10_000;

/** Has a worker hand the attempt in when its time is over, whether or not a browser is still there. */
export async function orderClosing(ctx: Context, tx: Database, deadlineAt: Date): Promise<void> {
	const due = deadlineAt.getTime() + GRACE_S * 1000 + 1;
	const slot = Math.ceil(due / SLOT_MS) * SLOT_MS;
	await ctx.queue.send(tx, 'assessment.close_overdue', {}, { startAfter: new Date(slot), id: slotId(slot) });
}

/** The same id for the same slot, so that the queue keeps one job of it. Version 8 of RFC 9562: made by our own rule. */
function slotId(slot: number): string {
	return `bc000000-0000-8000-8000-${(slot / SLOT_MS).toString(16).padStart(12, '0')}`;
}

async function seenQuestions(tx: Database, attemptIds: readonly string[]): Promise<Set<string>> {
	if (attemptIds.length === 0) return new Set();
	const rows = await tx
		.selectDistinct({ id: questionVersions.questionId })
		.from(attemptItems)
		.innerJoin(questionVersions, eq(questionVersions.id, attemptItems.versionId))
		.where(inArray(attemptItems.attemptId, [...attemptIds]));
	return new Set(rows.map(({ id }) => id));
}

/** The questions as they were written in these versions. */
export async function bodiesOf(tx: Database, versionIds: readonly string[]) {
	const rows = await tx
		.select({ id: questionVersions.id, body: questionVersions.body })
		.from(questionVersions)
		.where(inArray(questionVersions.id, [...versionIds]));
	return new Map(rows.map(({ id, body }) => [id, body]));
}
