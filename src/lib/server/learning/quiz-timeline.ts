import { sql } from 'drizzle-orm';
import type { Answer } from '#lib/assessment/answer.ts';
import { isEmptyAnswer } from '#lib/assessment/answer.ts';
import { plainText } from '#lib/assessment/plain-text.ts';
import type { QuestionBody } from '#lib/assessment/question.ts';
import { scoreAnswer } from '#lib/assessment/scoring/score.ts';
import { atomicBody } from '../assessment/show-item.ts';
import { recordAudit } from '../audit/record.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getClassQuiz } from './quiz-board.ts';

/** One change of an answer. */
type AnswerStep = Readonly<{
	at: Date;
	position: number;
	/** Whether the question had no answer before, had another one, or lost it. */
	kind: 'first' | 'changed' | 'cleared';
	/** Of the question's marks, 0 to 1; null where a person marks, and while the attempt is open. */
	share: number | null;
	/** Since the step before, or since the start. */
	afterS: number;
}>;

type QuestionCourse = Readonly<{
	position: number;
	words: string;
	firstAt: Date | null;
	lastAt: Date | null;
	/** How often the answer changed after the first; null where that was not kept. */
	changes: number | null;
	share: number | null;
}>;

export type Timeline = Readonly<{
	attempts: readonly Readonly<{ id: string; number: number }>[];
	attempt: Readonly<{
		id: string;
		number: number;
		startedAt: Date;
		submittedAt: Date | null;
		submittedBy: 'person' | 'clock' | 'examiner' | 'paper' | null;
	}> | null;
	/** False: the paper did not keep the steps, or the time they may be kept is over. */
	hasSteps: boolean;
	steps: readonly AnswerStep[];
	questions: readonly QuestionCourse[];
}>;

type AttemptLine = {
	id: string;
	number: number;
	started_at: string;
	submitted_at: string | null;
	submitted_by: NonNullable<Timeline['attempt']>['submittedBy'];
};
type ItemLine = {
	position: number;
	part_id: string | null;
	stem: string;
	body: QuestionBody;
	saved_at: string | null;
	share: number | null;
	steps: { at: string; answer: Answer | null }[] | null;
};

/**
 * The course of one person's attempt at a quiz of a class, for its examiner; that it was looked at is recorded.
 * @param number of the attempt; the last one where none is asked
 * @throws {DomainError} `not_found` outside the actor's classes
 */
export async function getTimeline(
	ctx: Context,
	{ activityId, lessonId, participationId }: { activityId: string; lessonId: string; participationId: string },
	number: number | undefined
): Promise<Timeline & { title: string; paperTitle: string; name: string }> {
	const { title, paper } = await getClassQuiz(ctx, 'quiz:invigilate', activityId, lessonId);
	const [person] = await ctx.db.execute<{ name: string }>(sql`
		select person.full_name as name from participation p join person on person.id = p.person_id
		where p.id = ${participationId} and p.activity_id = ${activityId} and p.voided_at is null`);
	if (!person) throw new DomainError('not_found', 'learning.no_class');
	const attempts = await ctx.db.execute<AttemptLine>(sql`
		select a.id, a.number, a.started_at, a.submitted_at, a.submitted_by from attempt a
		join lesson_quiz q on q.sitting_id = a.sitting_id
		where q.participation_id = ${participationId} and q.lesson_id = ${lessonId} order by a.number`);
	const attempt = attempts.find((each) => each.number === number) ?? attempts.at(-1);
	const items = attempt ? await listItems(ctx, attempt.id) : [];
	await recordAudit(ctx, ctx.db, 'quiz.timeline_viewed', { objectId: activityId, lessonId, participationId });
	return {
		...{ title, paperTitle: paper.title, name: person.name },
		attempts: attempts.map((each) => ({ id: each.id, number: each.number })),
		attempt: attempt ? toAttempt(attempt) : null,
		hasSteps: items.some(({ steps }) => steps !== null),
		steps: attempt ? stepsOf(items, attempt) : [],
		questions: items.map(toCourse)
	};
}

function listItems({ db }: Context, attemptId: string): Promise<readonly ItemLine[]> {
	return db.execute<ItemLine>(sql`
		select i.position, i.part_id, v.stem, v.body, i.saved_at, i.share,
			(select jsonb_agg(jsonb_build_object('at', s.saved_at, 'answer', s.answer) order by s.sequence)
				from answer_step s where s.attempt_id = i.attempt_id and s.position = i.position) as steps
		from attempt_item i join question_version v on v.id = i.version_id
		where i.attempt_id = ${attemptId} order by i.position`);
}

const toAttempt = ({ id, number, started_at, submitted_at, submitted_by }: AttemptLine) => ({
	...{ id, number, startedAt: new Date(started_at), submittedBy: submitted_by },
	submittedAt: submitted_at === null ? null : new Date(submitted_at)
});

function stepsOf(items: readonly ItemLine[], { started_at, submitted_at }: AttemptLine): AnswerStep[] {
	const startedAt = new Date(started_at);
	const steps = items.flatMap(({ position, part_id, body, steps: kept }) => {
		const atomic = atomicBody(body, part_id);
		return (kept ?? []).map(({ at, answer }, i) => ({
			...{ position, at: new Date(at) },
			kind: isEmptyAnswer(answer) ? ('cleared' as const) : i === 0 ? ('first' as const) : ('changed' as const),
			share: atomic && submitted_at !== null ? scoreAnswer(atomic, answer) : null
		}));
	});
	const inOrder = steps.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.position - b.position);
	return inOrder.map((step, i) => ({
		...step,
		afterS: Math.max(0, Math.round((step.at.getTime() - (inOrder[i - 1]?.at ?? startedAt).getTime()) / 1000))
	}));
}

/** Letters of a question shown to tell it apart. */
const SHOWN = 120;

function toCourse({ position, part_id, stem, body, saved_at, share, steps }: ItemLine): QuestionCourse {
	const part = body.type === 'scenario' ? body.parts.find(({ id }) => id === part_id) : undefined;
	const words = plainText(part ? part.stem : stem);
	const lastAt = saved_at === null ? null : new Date(saved_at);
	return {
		...{ position, share, lastAt },
		words: words.length <= SHOWN ? words : `${words.slice(0, SHOWN)} …`,
		firstAt: steps ? new Date(steps[0]!.at) : null,
		changes: steps ? steps.length - 1 : null
	};
}
