import { and, eq, sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import type { ReturnInput } from '#lib/assessment/marking-input.ts';
import type { Criterion, QuestionBody } from '#lib/assessment/question.ts';
import { markItem, type HandMark } from '../assessment/mark-item.ts';
import { attempts } from '../assessment/paper-tables.ts';
import { returnItem } from '../assessment/return-item.ts';
import { atomicBody } from '../assessment/show-item.ts';
import { notify } from '../notifications/notify.ts';
import { today, within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { participations } from '../training/tables.ts';
import { getClassQuiz } from './quiz-board.ts';
import { lessonQuizzes } from './tables.ts';

/** An answer that a person marks. `name` is null where markers do not see whose it is. */
export type ToMark = Readonly<{
	attemptId: string;
	position: number;
	name: string | null;
	/** Stands for the name; tells nothing of the person. */
	code: string;
	submittedAt: Date;
	stem: string;
	situation: string;
	answer: string;
	notes: string;
	marks: number;
	rubric: readonly Criterion[];
	points: Readonly<Record<string, number>>;
	share: number | null;
	comment: string;
	/** How often it was sent back and handed in again, and what was asked last. */
	revisions: number;
	asked: string;
}>;

/** Answers of one page of the queue, the oldest first. */
const PER_PAGE = 20;

type Row = {
	attempt_id: string;
	position: number;
	name: string;
	submitted_at: string;
	part_id: string | null;
	stem: string;
	body: QuestionBody;
	answer: Answer | null;
	marks: number;
	share: number | null;
	rubric_points: Record<string, number> | null;
	comment: string | null;
	revisions: number;
	asked: string | null;
	total: number;
};

/**
 * The queue of answers to a quiz of a class that wait for a marker, or those that were marked; what was sent back to its
 * learner is not in it until it comes again or its day is over.
 * @param withNames false hides whose they are
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function getMarkingQueue(
	ctx: Context,
	activityId: string,
	lessonId: string,
	{ isMarked, withNames }: { isMarked: boolean; withNames: boolean }
) {
	const { title, paper } = await getClassQuiz(ctx, 'quiz:mark', activityId, lessonId);
	const rows = await ctx.db.execute<Row>(sql`
		select i.attempt_id, i.position, person.full_name as name, a.submitted_at, i.part_id, v.stem, v.body, i.answer,
			i.marks, i.share, i.rubric_points, i.comment, count(*) over ()::int as total,
			(select count(*) from returned_item r where r.attempt_id = a.id and r.position = i.position and r.resubmitted_at is not null)::int as revisions,
			(select r.comment from returned_item r where r.attempt_id = a.id and r.position = i.position order by r.returned_at desc limit 1) as asked
		from participation p join person on person.id = p.person_id
		join lesson_quiz q on q.participation_id = p.id and q.lesson_id = ${lessonId}
		join attempt a on a.sitting_id = q.sitting_id and a.submitted_at is not null
		join attempt_item i on i.attempt_id = a.id
		join question_version v on v.id = i.version_id
		where p.activity_id = ${activityId} and p.voided_at is null
			and ${isMarked ? sql`i.marked_at is not null` : sql`i.share is null`}
			and not exists (select 1 from returned_item r where r.attempt_id = a.id and r.position = i.position
				and r.resubmitted_at is null and r.due_on >= ${today(ctx)}::date)
		order by ${isMarked ? sql`i.marked_at desc` : sql`a.submitted_at`}, i.attempt_id, i.position limit ${PER_PAGE}`);
	return {
		title,
		paperTitle: paper.title,
		count: rows[0]?.total ?? 0,
		items: rows.map((row) => toMark(row, withNames))
	};
}

function toMark(row: Row, withNames: boolean): ToMark {
	const body = atomicBody(row.body, row.part_id);
	const part = row.body.type === 'scenario' ? row.body.parts.find(({ id }) => id === row.part_id) : undefined;
	const byHand = body?.type === 'essay' ? body : undefined;
	return {
		...{ attemptId: row.attempt_id, position: row.position, name: withNames ? row.name : null },
		code: row.attempt_id.slice(0, 6).toUpperCase(),
		submittedAt: new Date(row.submitted_at),
		stem: part ? part.stem : row.stem,
		situation: part ? row.stem : '',
		answer: typeof row.answer === 'string' ? row.answer : '',
		notes: byHand?.notes ?? '',
		...{ marks: row.marks, rubric: byHand?.rubric ?? [], points: row.rubric_points ?? {} },
		...{ share: row.share, comment: row.comment ?? '', revisions: row.revisions, asked: row.asked ?? '' }
	};
}

/** Marks one answer of the queue. @throws {DomainError} `not_found` outside the actor's classes; as `markItem` */
export async function markInClass(
	ctx: Context,
	place: QuizPlace,
	{ attemptId, position }: { attemptId: string; position: number },
	mark: HandMark
): Promise<void> {
	await getClassQuiz(ctx, 'quiz:mark', place.activityId, place.lessonId);
	await ctx.db.transaction(async (tx) => {
		const { sittingId } = await findAttempt(tx, place, attemptId);
		await markItem(within(ctx, tx), tx, { sittingId, attemptId, position }, mark);
	});
}

/** Sends one answer back to its learner, who is told. @throws {DomainError} `not_found` outside the actor's classes; as `returnItem` */
export async function returnInClass(
	ctx: Context,
	place: QuizPlace,
	{ attemptId, position, comment, dueOn }: ReturnInput
): Promise<void> {
	const { title } = await getClassQuiz(ctx, 'quiz:mark', place.activityId, place.lessonId);
	await ctx.db.transaction(async (tx) => {
		const { sittingId, participationId, personId } = await findAttempt(tx, place, attemptId);
		await returnItem(within(ctx, tx), tx, { sittingId, attemptId, position }, { comment, dueOn });
		await notify(ctx, tx, {
			template: 'learning.answer_returned',
			params: { className: title, dueOn },
			to: [{ personId }],
			path: `/learn/${participationId}/lessons/${place.lessonId}/attempts/${attemptId}`,
			key: `learning.answer_returned ${attemptId} ${position} ${ctx.now.toISOString()}`
		});
	});
}

type QuizPlace = Readonly<{ activityId: string; lessonId: string }>;

async function findAttempt(tx: Database, { activityId, lessonId }: QuizPlace, attemptId: string) {
	const [found] = await tx
		.select({
			sittingId: attempts.sittingId,
			participationId: participations.id,
			personId: participations.personId
		})
		.from(attempts)
		.innerJoin(lessonQuizzes, eq(lessonQuizzes.sittingId, attempts.sittingId))
		.innerJoin(participations, eq(participations.id, lessonQuizzes.participationId))
		.where(
			and(eq(attempts.id, attemptId), eq(lessonQuizzes.lessonId, lessonId), eq(participations.activityId, activityId))
		);
	if (!found) throw new DomainError('not_found', 'assessment.no_such_attempt');
	return found;
}
