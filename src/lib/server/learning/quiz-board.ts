import { sql, type SQL } from 'drizzle-orm';
import { isOverdue, remainingS } from '#lib/assessment/attempt-rules.ts';
import type { BoardFilter, BoardState } from '#lib/learning/quiz-board-input.ts';
import { getPaper } from '../assessment/papers.ts';
import { findLessonPaper } from '../catalogue/lesson-papers.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import { authorise, can, type Permission } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { getClass } from '../training/access.ts';
import { lessonsOf } from './progress.ts';

/** One person on the board. */
export type BoardRow = Readonly<{
	participationId: string;
	name: string;
	unit: string;
	state: BoardState;
	attempt: number | null;
	startedAt: Date | null;
	submittedAt: Date | null;
	savedAt: Date | null;
	remainingS: number | null;
	answered: number;
	questions: number;
	percent: number | null;
	extraMin: number;
	extraAttempts: number;
	/** The last attempt was answered on paper. */
	isOnPaper: boolean;
}>;

const PER_PAGE = 100;

type Row = {
	participation_id: string;
	name: string;
	unit: string;
	state: BoardState;
	attempt: number | null;
	started_at: string | null;
	deadline_at: string | null;
	submitted_at: string | null;
	saved_at: string | null;
	answered: number;
	questions: number;
	percent: number | null;
	extra_min: number;
	extra_attempts: number;
	on_paper: boolean;
};

/**
 * The examiner's board of a quiz in a class: who is in, what was saved when, how much time is left.
 * @throws {DomainError} `not_found` outside the actor's classes, and for a lesson that is no quiz
 */
export async function getQuizBoard(
	ctx: Context,
	activityId: string,
	lessonId: string,
	{ show, page }: Omit<BoardFilter, 'page'> & { page: number | 'all' }
) {
	const { title, paper } = await getClassQuiz(ctx, 'training:read', activityId, lessonId);
	const standing = standings(activityId, lessonId);
	const counts = await ctx.db.execute<{ state: BoardState; count: number }>(
		sql`select state, count(*)::int as count from (${standing}) as b group by state`
	);
	const rows = await ctx.db.execute<Row>(sql`
		select b.*, i.answered, i.questions, i.saved_at from (${standing}) as b
		left join lateral (
			select count(*)::int as questions, (count(*) filter (where sequence > 0))::int as answered, max(saved_at) as saved_at
			from attempt_item where attempt_id = b.attempt_id
		) i on true
		where ${show ? sql`b.state = ${show}` : sql`true`}
		order by b.state <> 'open', b.given_name, b.name, b.participation_id
		${page === 'all' ? sql`` : sql`limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`}`);
	const countOf = (state: BoardState) => counts.find((each) => each.state === state)?.count ?? 0;
	const byState = { none: countOf('none'), open: countOf('open'), done: countOf('done'), passed: countOf('passed') };
	const all = show ? byState[show] : byState.none + byState.open + byState.done + byState.passed;
	return {
		...{ title, paperTitle: paper.title, counts: byState, pageCount: Math.max(1, Math.ceil(all / PER_PAGE)) },
		rows: rows.map((row) => toBoardRow(ctx, row)),
		units: await listUnitsIn(ctx, activityId),
		isExaminer: can(ctx.actor, 'quiz:invigilate'),
		isCompared: paper.settings.keepsSteps === true,
		isMarker: can(ctx.actor, 'quiz:mark'),
		readAt: ctx.now
	};
}

function toBoardRow({ now }: Context, row: Row): BoardRow {
	const date = (text: string | null) => (text === null ? null : new Date(text));
	const deadlineAt = date(row.deadline_at);
	const isOpen = row.state === 'open' && !isOverdue(deadlineAt, now);
	return {
		...{
			participationId: row.participation_id,
			name: row.name,
			unit: row.unit,
			state: row.state,
			attempt: row.attempt
		},
		...{ startedAt: date(row.started_at), submittedAt: date(row.submitted_at), savedAt: date(row.saved_at) },
		remainingS: isOpen ? remainingS(deadlineAt, now) : null,
		...{ answered: row.answered, questions: row.questions, percent: row.percent },
		...{ extraMin: row.extra_min, extraAttempts: row.extra_attempts, isOnPaper: row.on_paper }
	};
}

/** Everybody on the class with the last attempt and the grade. */
function standings(activityId: string, lessonId: string): SQL {
	return sql`
		select p.id as participation_id, person.full_name as name, person.given_name,
			(select v.name from unit_version v where v.unit_id = p.unit_id_then order by v.valid_from desc limit 1) as unit,
			case when s.is_passed then 'passed' when a.id is null then 'none' when a.submitted_at is null then 'open' else 'done' end as state,
			a.id as attempt_id, a.number as attempt, a.started_at, a.deadline_at, a.submitted_at, s.grade_percent as percent,
			coalesce(s.extra_min, 0) as extra_min, coalesce(s.extra_attempts, 0) as extra_attempts,
			coalesce(a.submitted_by = 'paper', false) as on_paper
		from participation p join person on person.id = p.person_id
		left join lesson_quiz q on q.participation_id = p.id and q.lesson_id = ${lessonId}
		left join paper_sitting s on s.id = q.sitting_id
		left join lateral (select * from attempt where sitting_id = s.id order by number desc limit 1) a on true
		where p.activity_id = ${activityId} and p.voided_at is null`;
}

function listUnitsIn(ctx: Context, activityId: string) {
	return ctx.db.execute<{ id: string; name: string }>(sql`
		select distinct p.unit_id_then as id,
			(select v.name from unit_version v where v.unit_id = p.unit_id_then order by v.valid_from desc limit 1) as name
		from participation p where p.activity_id = ${activityId} and p.voided_at is null order by name`);
}

/** A quiz of a class that the actor may look at or, with another permission, interfere with. */
export async function getClassQuiz(ctx: Context, permission: Permission, activityId: string, lessonId: string) {
	const activity = await getClass(ctx.db, authorise(ctx.actor, permission), activityId);
	const { courseVersionId, title, organiserName, status, startsOn } = activity;
	const paperId = courseVersionId ? await findLessonPaper(ctx.db, courseVersionId, lessonId) : undefined;
	if (!courseVersionId || !paperId) throw new DomainError('not_found', 'learning.no_lesson');
	return { title, organiserName, status, startsOn, courseVersionId, paper: await getPaper(ctx.db, paperId) };
}

/** Quiz lessons of a class, for the links to their boards. Empty for classes without a course. */
export async function listClassQuizzes(
	ctx: Context,
	activityId: string
): Promise<{ lessonId: string; title: string }[]> {
	const { courseVersionId } = await getClass(ctx.db, authorise(ctx.actor, 'training:read'), activityId);
	if (!courseVersionId) return [];
	const lessons = lessonsOf(await getCourseOutline(ctx.db, courseVersionId));
	return lessons.filter(({ kind }) => kind === 'quiz').map(({ lessonId, title }) => ({ lessonId, title }));
}
