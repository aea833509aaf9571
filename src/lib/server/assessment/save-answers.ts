import { sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import { isOverdue, remainingS } from '#lib/assessment/attempt-rules.ts';
import type { GivenAnswer, NewerAnswer, SaveReply } from '#lib/assessment/save-answers.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { isOfPerson } from './sittings.ts';

type Row = {
	deadline_at: string | null;
	is_open: boolean;
	saved: { position: number; sequence: number }[] | null;
};

/**
 * Saves answers as they are given, in one statement. What is answered here is in the database. Handing in waits for it,
 * since both want the attempt's row; after that, and after the deadline's grace, answers are kept aside and never marked.
 * @throws {DomainError} `not_found` for another person's attempt
 */
export async function saveAnswers(
	ctx: Context,
	{ attemptId, personId }: { attemptId: string; personId: string },
	given: readonly GivenAnswer[]
): Promise<SaveReply> {
	const now = ctx.now.toISOString();
	const json = JSON.stringify(given);
	const [row] = await ctx.db.execute<Row>(sql`
		with live as materialized (
			select a.id, a.deadline_at, a.reached,
				a.submitted_at is null and (a.deadline_at is null or ${now}::timestamptz <= a.deadline_at + interval '15 seconds') as is_open,
				coalesce((p.settings->>'keepsSteps')::boolean, false) as keeps_steps
			from attempt a join paper_sitting s on s.id = a.sitting_id join paper p on p.id = s.paper_id
			where a.id = ${attemptId} and ${isOfPerson(personId)} for share of a
		), given as (
			select * from jsonb_to_recordset(${json}::text::jsonb) as g(position smallint, answer jsonb, sequence int)
		), saved as (
			update attempt_item i set answer = g.answer, sequence = g.sequence, saved_at = ${now}::timestamptz
			from live, given g
			where i.attempt_id = live.id and i.position = g.position and live.is_open and g.sequence > i.sequence
				and (live.reached is null or live.reached = i.position)
			returning i.position, i.sequence, i.answer
		), step as (
			insert into answer_step (attempt_id, position, sequence, answer, saved_at)
			select live.id, saved.position, saved.sequence, saved.answer, ${now}::timestamptz from saved, live where live.keeps_steps
		), late as (
			update attempt_item i set late_answer = g.answer, late_at = ${now}::timestamptz
			from live, given g
			where i.attempt_id = live.id and i.position = g.position and not live.is_open and g.sequence > i.sequence
			returning 1
		)
		select deadline_at, is_open, (select count(*) from late),
			(select jsonb_agg(jsonb_build_object('position', position, 'sequence', sequence)) from saved) as saved
		from live`);
	if (!row) throw new DomainError('not_found', 'assessment.no_such_attempt');
	const saved = row.saved ?? [];
	const deadlineAt = row.deadline_at === null ? null : new Date(row.deadline_at);
	const missed = given.filter(({ position }) => !saved.some((each) => each.position === position));
	const repeated = row.is_open && missed.length > 0 ? await readKept(ctx, attemptId, missed) : { saved: [], newer: [] };
	return {
		state: row.is_open && !isOverdue(deadlineAt, ctx.now) ? 'open' : 'over',
		savedAt: now,
		remainingS: remainingS(deadlineAt, ctx.now),
		saved: [...saved, ...repeated.saved],
		newer: repeated.newer
	};
}

/** What is kept instead of answers that came too late: themselves, when it was only repeated, or a newer one. */
async function readKept(
	ctx: Context,
	attemptId: string,
	missed: readonly GivenAnswer[]
): Promise<{ saved: { position: number; sequence: number }[]; newer: NewerAnswer[] }> {
	const rows = await ctx.db.execute<{
		position: number;
		sequence: number;
		answer: Answer | null;
		is_same: boolean;
	}>(sql`
		select i.position, i.sequence, i.answer, i.sequence = g.sequence and i.answer is not distinct from g.answer as is_same
		from attempt_item i
		join jsonb_to_recordset(${JSON.stringify(missed)}::text::jsonb) as g(position smallint, answer jsonb, sequence int)
			on g.position = i.position
		where i.attempt_id = ${attemptId}`);
	const kept = rows.map(({ position, sequence, answer, is_same }) => ({ position, sequence, answer, is_same }));
	return {
		saved: kept.filter(({ is_same }) => is_same).map(({ position, sequence }) => ({ position, sequence })),
		newer: kept
			.filter(({ is_same }) => !is_same)
			.map(({ position, sequence, answer }) => ({ position, sequence, answer }))
	};
}
