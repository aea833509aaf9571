import { and, eq, sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import type { AttemptFile } from '#lib/assessment/attempt-file.ts';
import type { ReturnInput } from '#lib/assessment/marking-input.ts';
import type { Criterion, QuestionBody } from '#lib/assessment/question.ts';
import { filesOf, listAttemptFiles, placeKey } from '../assessment/attempt-files.ts';
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
	given: GivenWork;
	notes: string;
	marks: number;
	rubric: readonly Criterion[];
	points: Readonly<Record<string, number>>;
	share: number | null;
	comment: string;
	/** How often it was sent back and handed in again, and what was asked last. */
	revisions: number;
	asked: string;
	/** It was sent back last and did not come again by the day. */
	isOverdue: boolean;
	/** What was handed in before, the oldest first, with what was asked then. */
	earlier: readonly Readonly<{ given: GivenWork; comment: string; returnedAt: Date }>[];
}>;

/** Written words (of files: the note beside them) and files. */
export type GivenWork = Readonly<{ text: string; files: readonly AttemptFile[] }>;

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
	is_overdue: boolean | null;
	earlier: readonly { answer: Answer | null; comment: string; returned_at: string }[] | null;
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
			back.asked, back.is_overdue, back.earlier
		from participation p join person on person.id = p.person_id
		join lesson_quiz q on q.participation_id = p.id and q.lesson_id = ${lessonId}
		join attempt a on a.sitting_id = q.sitting_id and a.submitted_at is not null
		join attempt_item i on i.attempt_id = a.id
		join question_version v on v.id = i.version_id
		left join lateral (
			select (array_agg(r.comment order by r.returned_at desc))[1] as asked,
				(array_agg(r.resubmitted_at is null and r.due_on < ${today(ctx)}::date order by r.returned_at desc))[1] as is_overdue,
				jsonb_agg(jsonb_build_object('answer', r.answer_before, 'comment', r.comment, 'returned_at', r.returned_at) order by r.returned_at)
					filter (where r.resubmitted_at is not null) as earlier
			from returned_item r where r.attempt_id = a.id and r.position = i.position
		) back on true
		where p.activity_id = ${activityId} and p.voided_at is null
			and ${isMarked ? sql`i.marked_at is not null` : sql`i.share is null`}
			and not exists (select 1 from returned_item r where r.attempt_id = a.id and r.position = i.position
				and r.resubmitted_at is null and r.due_on >= ${today(ctx)}::date)
		order by ${isMarked ? sql`i.marked_at desc` : sql`a.submitted_at`}, i.attempt_id, i.position limit ${PER_PAGE}`);
	const sent = await listAttemptFiles(ctx, [...new Set(rows.filter(isWithFiles).map(({ attempt_id }) => attempt_id))]);
	return {
		title,
		paperTitle: paper.title,
		count: rows[0]?.total ?? 0,
		items: rows.map((row) => toMark(row, sent.get(placeKey(row.attempt_id, row.position)) ?? [], withNames))
	};
}

const isWithFiles = (row: Row) => atomicBody(row.body, row.part_id)?.type === 'upload';

function toMark(row: Row, sent: readonly AttemptFile[], withNames: boolean): ToMark {
	const body = atomicBody(row.body, row.part_id);
	const part = row.body.type === 'scenario' ? row.body.parts.find(({ id }) => id === row.part_id) : undefined;
	const byHand = body && 'rubric' in body ? body : undefined;
	const given = (answer: Answer | null): GivenWork => {
		const files = filesOf(answer, sent);
		return { text: textOf(answer), files: withNames ? files : files.map(withoutName) };
	};
	return {
		...{ attemptId: row.attempt_id, position: row.position, name: withNames ? row.name : null },
		code: row.attempt_id.slice(0, 6).toUpperCase(),
		submittedAt: new Date(row.submitted_at),
		stem: part ? part.stem : row.stem,
		situation: part ? row.stem : '',
		given: given(row.answer),
		notes: byHand?.notes ?? '',
		...{ marks: row.marks, rubric: byHand?.rubric ?? [], points: row.rubric_points ?? {} },
		...{ share: row.share, comment: row.comment ?? '', revisions: row.revisions, asked: row.asked ?? '' },
		isOverdue: row.is_overdue ?? false,
		earlier: (row.earlier ?? []).map(({ answer, comment, returned_at }) => ({
			...{ given: given(answer), comment, returnedAt: new Date(returned_at) }
		}))
	};
}

/** People name files after themselves. */
function withoutName(file: AttemptFile, i: number): AttemptFile {
	return { ...file, name: `${i + 1}${/\.\w+$/.exec(file.name)?.[0] ?? ''}` };
}

function textOf(answer: Answer | null): string {
	if (typeof answer === 'string') return answer;
	return answer !== null && typeof answer === 'object' && 'note' in answer ? String(answer.note) : '';
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
