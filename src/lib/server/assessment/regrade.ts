import { and, eq, sql } from 'drizzle-orm';
import { gradeOf, percentOf } from '#lib/assessment/attempt-rules.ts';
import type { Answer } from '#lib/assessment/answer.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import { isMarkedByHand, type QuestionBody } from '#lib/assessment/question.ts';
import { scoreAnswer } from '#lib/assessment/scoring/score.ts';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { attemptItems, attempts, regradedItems } from './paper-tables.ts';
import { getPaper } from './papers.ts';
import { atomicBody } from './show-item.ts';
import { lockSitting, percentOfAttempt, settleSitting, type PaperRow } from './sittings.ts';

declare module '../platform/queue.ts' {
	interface JobPayloads {
		/** A person's grade changed since a key did. Percents; whoever embeds the sitting tells its person. */
		'assessment.sitting_regraded': { sittingId: string; before: number; after: number; key: string };
	}
}

/** An answer in a finished attempt whose question has a newer approved version. */
type Outdated = {
	question_id: string;
	words: string;
	sitting_id: string;
	name: string;
	attempt_id: string;
	position: number;
	part_id: string | null;
	marks: number;
	share: number | null;
	answer: Answer | null;
	version_id: string;
	new_version_id: string;
	new_body: QuestionBody;
};

async function listOutdated(
	db: Database,
	paperId: string,
	questionId?: string
): Promise<(Outdated & { next: number | null })[]> {
	const rows = await db.execute<Outdated>(sql`
		select v.question_id, n.stem as words, s.id as sitting_id, person.full_name as name, i.attempt_id, i.position, i.part_id,
			i.marks, i.share, i.answer, v.id as version_id, n.id as new_version_id, n.body as new_body
		from paper_sitting s join person on person.id = s.person_id
		join attempt a on a.sitting_id = s.id and a.submitted_at is not null
		join attempt_item i on i.attempt_id = a.id
		join question_version v on v.id = i.version_id
		join question q on q.id = v.question_id
		join question_version n on n.question_id = q.id and n.number = q.usable_version and n.number > v.number
		where s.paper_id = ${paperId} ${questionId ? sql`and q.id = ${questionId}` : sql``}
		order by s.id, a.number, i.position`);
	return rows.map((row) => ({ ...row, next: judge(row) }));
}

/** The share by the new key; marks given by hand stay, and so does what the new version no longer asks. */
function judge({ new_body, part_id, answer, share }: Outdated): number | null {
	const body = atomicBody(new_body, part_id);
	return !body || isMarkedByHand(body.type) ? share : scoreAnswer(body, answer);
}

/** What marking a question's answers anew would do. */
export type RegradePreview = Readonly<{
	questionId: string;
	words: string;
	answers: number;
	/** Whose grade changes, percent. */
	changes: readonly Readonly<{ sittingId: string; name: string; before: number; after: number; passes: boolean }>[];
}>;

/** Questions of a paper whose key changed since answers were marked, with who would change. The caller has authorised. */
export async function previewRegrades(ctx: Context, paperId: string): Promise<RegradePreview[]> {
	authorise(ctx.actor, 'question:author');
	const paper = await getPaper(ctx.db, paperId);
	const outdated = await listOutdated(ctx.db, paperId);
	const scores = await ctx.db.execute<{ sitting_id: string; id: string; score: number | null; max_marks: number }>(sql`
		select a.sitting_id, a.id, a.score, a.max_marks from attempt a join paper_sitting s on s.id = a.sitting_id
		where s.paper_id = ${paperId} and a.submitted_at is not null order by a.sitting_id, a.number`);
	const questionIds = [...new Set(outdated.map(({ question_id }) => question_id))];
	return questionIds.map((questionId) => {
		const rows = outdated.filter((row) => row.question_id === questionId);
		const gains = new Map<string, number>();
		for (const row of rows) {
			const gain = row.share === null || row.next === null ? 0 : (row.next - row.share) * row.marks;
			gains.set(row.attempt_id, (gains.get(row.attempt_id) ?? 0) + gain);
		}
		const people = new Map(rows.map(({ sitting_id, name }) => [sitting_id, name]));
		const changes = [...people].flatMap(([sittingId, name]) => {
			const marked = scores.filter(({ sitting_id, score }) => sitting_id === sittingId && score !== null);
			const percents = (withGain: boolean) =>
				marked.map(({ id, score, max_marks }) => percentOf(score! + (withGain ? (gains.get(id) ?? 0) : 0), max_marks));
			const before = gradeOf(percents(false), paper.settings.gradeOf);
			const after = gradeOf(percents(true), paper.settings.gradeOf);
			if (before === null || after === null || before === after) return [];
			return [{ sittingId, name, before, after, passes: after >= paper.settings.passPercent }];
		});
		return { questionId, words: plainText(rows[0]!.words).slice(0, 200), answers: rows.length, changes };
	});
}

/**
 * Marks all answers to a question anew by its newest approved key. What stood before is kept; people whose grade changes
 * are told. A lesson that was completed stays completed.
 * @returns whose grade changed
 * @throws {DomainError} `conflict` `assessment.nothing_to_regrade`
 */
export async function regrade(ctx: Context, paperId: string, questionId: string, reason: string): Promise<number> {
	authorise(ctx.actor, 'question:author');
	const paper = await getPaper(ctx.db, paperId);
	return ctx.db.transaction(async (tx) => {
		const rows = await listOutdated(tx, paperId, questionId);
		if (rows.length === 0) throw new DomainError('conflict', 'assessment.nothing_to_regrade');
		let changed = 0;
		for (const sittingId of new Set(rows.map((row) => row.sitting_id)))
			if (
				await regradeSitting(
					ctx,
					tx,
					paper,
					sittingId,
					rows.filter((row) => row.sitting_id === sittingId),
					reason
				)
			)
				changed++;
		const { unitId } = paper;
		await recordAudit(ctx, tx, 'paper.regraded', {
			objectId: paperId,
			unitId,
			questionId,
			reason,
			answers: rows.length,
			changed
		});
		return changed;
	});
}

async function regradeSitting(
	ctx: Context,
	tx: Database,
	{ id: paperId }: PaperRow,
	sittingId: string,
	rows: readonly (Outdated & { next: number | null })[],
	reason: string
): Promise<boolean> {
	const { sitting, attempts: all } = await lockSitting(tx, sittingId);
	for (const row of rows) {
		const { attempt_id: attemptId, position, new_version_id: versionId, next } = row;
		await tx
			.update(attemptItems)
			.set({ versionId, share: next })
			.where(and(eq(attemptItems.attemptId, attemptId), eq(attemptItems.position, position)));
		await tx.insert(regradedItems).values({
			...{ attemptId, position, versionBefore: row.version_id, versionAfter: versionId, shareBefore: row.share },
			...{ shareAfter: next, reason, at: ctx.now, by: accountIdOf(ctx.actor) }
		});
	}
	for (const attempt of all.filter((each) => percentOfAttempt(each) !== null))
		await tx
			.update(attempts)
			.set({ score: sql`(select sum(i.marks * i.share) from attempt_item i where i.attempt_id = ${attempt.id})` })
			.where(eq(attempts.id, attempt.id));
	const { percent } = await settleSitting(ctx, tx, sittingId);
	const before = sitting.gradePercent;
	if (before === null || percent === null || before === percent) return false;
	await ctx.queue.send(tx, 'assessment.sitting_graded', { sittingId });
	const key = `${paperId} ${rows[0]!.new_version_id}`;
	await ctx.queue.send(tx, 'assessment.sitting_regraded', { sittingId, before, after: percent, key });
	return true;
}
