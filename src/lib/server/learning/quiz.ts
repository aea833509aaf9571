import { and, eq, sql } from 'drizzle-orm';
import { attemptsLeft, isOverdue, shownInReview, startRefusal } from '#lib/assessment/attempt-rules.ts';
import { paperSize } from '#lib/assessment/paper.ts';
import { readAnswerFields } from '#lib/assessment/answer-form.ts';
import { deliver } from '#lib/assessment/deliver.ts';
import type { AtomicBody } from '#lib/assessment/question.ts';
import type { QuizLesson } from '#lib/learning/quiz-lesson.ts';
import type { GivenAnswer, SaveReply } from '#lib/assessment/save-answers.ts';
import { showAttempt } from '../assessment/attempt-page.ts';
import { moveOn } from '../assessment/move-on.ts';
import { getPaper } from '../assessment/papers.ts';
import { listReturnDays, resubmitItem } from '../assessment/return-item.ts';
import { saveAnswers } from '../assessment/save-answers.ts';
import { getSitting, openSitting, percentOfAttempt, type PaperRow, type Sitting } from '../assessment/sittings.ts';
import { startAttempt } from '../assessment/start-attempt.ts';
import { submitAttempt } from '../assessment/submit-attempt.ts';
import { findLessonPaper } from '../catalogue/lesson-papers.ts';
import { getCourseOutline } from '../catalogue/queries.ts';
import { today, within, type Context } from '../platform/context.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { markAttended } from '../training/completion.ts';
import { participations } from '../training/tables.ts';
import { assertOpen, getOwnClass, ownPersonId, type OwnClass } from './own-class.ts';
import { addFormFiles, type AttemptPlace } from './quiz-files.ts';
import { assertUnlocked, completeLesson, findLesson } from './progress.ts';
import { listCompletedLessonIds } from './queries.ts';
import { lessonProgress, lessonQuizzes } from './tables.ts';

/** A quiz lesson of a learner's own class. */
type Place = Readonly<{ participationId: string; lessonId: string }>;

/**
 * What the page of a quiz lesson tells before an attempt: the rules, the attempts so far, whether another can be begun.
 * @throws {DomainError} `not_found` outside the own class
 */
export async function getQuizLesson(ctx: Context, place: Place): Promise<QuizLesson> {
	const own = await getOwnClass(ctx, place.participationId);
	const paperId = await findLessonPaper(ctx.db, own.courseVersionId, place.lessonId);
	if (!paperId) throw new DomainError('not_found', 'learning.no_lesson');
	const sittingId = await findSitting(ctx.db, place);
	if (!sittingId) return describe(ctx, await getPaper(ctx.db, paperId), [], new Map());
	const { paper, attempts } = await getClosed(ctx, own, place, sittingId);
	const waiting = attempts.filter(({ submittedAt, score }) => submittedAt !== null && score === null);
	return describe(
		ctx,
		paper,
		attempts,
		await listReturnDays(
			ctx,
			ctx.db,
			waiting.map(({ id }) => id)
		)
	);
}

function describe(
	ctx: Context,
	{ content, settings }: PaperRow,
	attempts: Sitting['attempts'],
	toChange: ReadonlyMap<string, string>
): QuizLesson {
	const rows = attempts.map((attempt) => {
		const { id, number, startedAt, submittedAt } = attempt;
		const percent = percentOfAttempt(attempt);
		const isShown =
			submittedAt !== null &&
			shownInReview(settings, { submittedAt, begun: attempts.length }, ctx.now).includes('marks');
		return {
			...{ id, number, startedAt, submittedAt, percent: isShown ? percent : null },
			waitsForMarker: submittedAt !== null && percent === null,
			toChangeUntil: toChange.get(id) ?? null
		};
	});
	const open = rows.find(({ submittedAt }) => submittedAt === null);
	const refusal = open ? undefined : startRefusal(settings, rows, ctx.now);
	const { timeLimitMin, attemptLimit, delayMin, passPercent, gradeOf, opensAt, closesAt, isSequential, keepsSteps } =
		settings;
	return {
		rules: {
			...{
				timeLimitMin,
				attemptLimit,
				delayMin,
				passPercent,
				gradeOf,
				isSequential,
				keepsSteps,
				...paperSize(content)
			},
			opensAt: opensAt === null ? null : new Date(opensAt),
			closesAt: closesAt === null ? null : new Date(closesAt),
			hasPassword: settings.password !== ''
		},
		attempts: rows,
		openAttemptId: open?.id ?? null,
		attemptsLeft: attemptsLeft(settings, rows.length),
		refusal: refusal ? { code: refusal.code, at: refusal.at ?? null } : null
	};
}

/**
 * Begins an attempt at a quiz lesson, or goes on with the open one.
 * @throws {DomainError} `conflict` while the class or an earlier lesson forbids it, and as `startAttempt`
 */
export async function startQuiz(ctx: Context, place: Place, password?: string): Promise<{ attemptId: string }> {
	const own = await getOwnClass(ctx, place.participationId);
	assertOpen(own);
	const outline = await getCourseOutline(ctx.db, own.courseVersionId);
	const lesson = findLesson(outline, place.lessonId);
	assertUnlocked(outline, lesson, await listCompletedLessonIds(ctx.db, place.participationId));
	if (!lesson.paperId) throw new DomainError('not_found', 'learning.no_lesson');
	const { paperId } = lesson;
	return ctx.db.transaction(async (tx) => {
		const sittingId = await makeSitting(tx, place, paperId);
		const { attemptId, isNew } = await startAttempt(within(ctx, tx), tx, sittingId, { password });
		if (isNew) {
			await tx
				.insert(lessonProgress)
				.values({ ...place, startedAt: ctx.now, savedAt: ctx.now })
				.onConflictDoNothing();
			await markAttended(tx, place.participationId, today(ctx));
		}
		return { attemptId };
	});
}

/** The sitting of a quiz lesson, made where there is none. Made once, however many ask at a time: the others wait here and find it. */
export async function makeSitting(
	tx: Database,
	{ participationId, lessonId }: Place,
	paperId: string
): Promise<string> {
	const present = await findSitting(tx, { participationId, lessonId });
	if (present) return present;
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${participationId + lessonId}, 1))`);
	const made = await findSitting(tx, { participationId, lessonId });
	if (made) return made;
	const [person] = await tx
		.select({ personId: participations.personId, unitId: participations.unitIdThen })
		.from(participations)
		.where(eq(participations.id, participationId));
	if (!person) throw new DomainError('not_found', 'learning.no_class');
	const sittingId = await openSitting(tx, { paperId, ...person });
	await tx.insert(lessonQuizzes).values({ participationId, lessonId, sittingId });
	return sittingId;
}

async function findSitting(db: Database, { participationId, lessonId }: Place): Promise<string | undefined> {
	const [found] = await db
		.select({ sittingId: lessonQuizzes.sittingId })
		.from(lessonQuizzes)
		.where(and(eq(lessonQuizzes.participationId, participationId), eq(lessonQuizzes.lessonId, lessonId)));
	return found?.sittingId;
}

async function mustFindSitting(db: Database, place: Place): Promise<string> {
	const sittingId = await findSitting(db, place);
	if (!sittingId) throw new DomainError('not_found', 'assessment.no_such_attempt');
	return sittingId;
}

/** An attempt of the learner's own, to be sat or to be looked at. @throws {DomainError} `not_found` for anybody else's */
export async function getQuizAttempt(ctx: Context, place: Place & { attemptId: string }) {
	const own = await getOwnClass(ctx, place.participationId);
	const sittingId = await mustFindSitting(ctx.db, place);
	const sitting = await getClosed(ctx, own, place, sittingId);
	return { classTitle: own.participation.title, attempt: await showAttempt(ctx, sitting, place.attemptId) };
}

/**
 * Hands an attempt in and completes the lesson when it is passed, and with it perhaps the class: at once. Safe to repeat.
 * @throws {DomainError} `not_found` for anybody else's
 */
export async function submitQuiz(ctx: Context, place: Place & { attemptId: string }): Promise<void> {
	const own = await getOwnClass(ctx, place.participationId);
	const sittingId = await mustFindSitting(ctx.db, place);
	await handIn(ctx, own, place, { sittingId, attemptId: place.attemptId, by: 'person' });
}

/**
 * Hands in again what a marker sent back.
 * @param form carries the answer in fields named `answer`, files too where the browser has no JavaScript
 * @throws {DomainError} `not_found` for anybody else's; as `resubmitItem`
 */
export async function resubmitInQuiz(
	ctx: Context,
	place: AttemptPlace,
	position: number,
	form: FormData
): Promise<void> {
	const { attemptId } = place;
	await getOwnClass(ctx, place.participationId);
	const sittingId = await mustFindSitting(ctx.db, place);
	const personId = ownPersonId(ctx.actor);
	const { attempts } = await getSitting(ctx.db, sittingId);
	if (!attempts.some(({ id }) => id === attemptId)) throw new DomainError('not_found', 'assessment.no_such_attempt');
	for (const id of await addFormFiles(ctx, place, position, form.getAll('answer.file[]')))
		form.append('answer.files[]', id);
	const read = (body: AtomicBody) => readAnswerFields(form, 'answer', deliver(body, []));
	await ctx.db.transaction((tx) =>
		resubmitItem(within(ctx, tx), tx, { sittingId, attemptId, personId, position, read })
	);
}

/** The sitting, with what is over handed in, should no worker have been there yet: its person must not wait for one. */
async function getClosed(ctx: Context, own: OwnClass, place: Place, sittingId: string): Promise<Sitting> {
	const sitting = await getSitting(ctx.db, sittingId);
	const over = sitting.attempts.find(
		({ submittedAt, deadlineAt }) => submittedAt === null && isOverdue(deadlineAt, ctx.now)
	);
	if (!over) return sitting;
	await handIn(ctx, own, place, { sittingId, attemptId: over.id, by: 'clock' });
	return getSitting(ctx.db, sittingId);
}

async function handIn(
	ctx: Context,
	own: OwnClass,
	{ participationId, lessonId }: Place,
	what: Parameters<typeof submitAttempt>[2]
): Promise<void> {
	await ctx.db.transaction(async (tx) => {
		const { isPassed } = await submitAttempt(within(ctx, tx), tx, what);
		if (isPassed && own.access === 'open')
			await completeLesson(within(ctx, tx), tx, participationId, own.courseVersionId, lessonId);
	});
}

/** Leaves a question behind for good, in a paper without a way back. */
export async function moveOnInQuiz(ctx: Context, place: Place & { attemptId: string; from: number }): Promise<void> {
	await getOwnClass(ctx, place.participationId);
	const sittingId = await mustFindSitting(ctx.db, place);
	await moveOn(ctx.db, { sittingId, attemptId: place.attemptId, from: place.from });
}

/** Saves answers of the actor's own attempt as they are given. @throws {DomainError} `not_found` for anybody else's */
export function saveQuizAnswers(ctx: Context, attemptId: string, given: readonly GivenAnswer[]): Promise<SaveReply> {
	return saveAnswers(ctx, { attemptId, personId: ownPersonId(ctx.actor) }, given);
}
