import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { describe, expect } from 'vitest';
import type { OpenAttempt } from '#lib/assessment/attempt-view.ts';
import type { GivenAnswer } from '#lib/assessment/save-answers.ts';
import { sweepDroppedFiles } from '#lib/server/assessment/attempt-files.ts';
import { closeOverdue } from '#lib/server/assessment/close-overdue.ts';
import {
	attemptFiles,
	attemptItems,
	attempts,
	papers,
	regradedItems,
	returnedItems,
	sittings
} from '#lib/server/assessment/paper-tables.ts';
import { previewRegrades, regrade } from '#lib/server/assessment/regrade.ts';
import { saveAnswers } from '#lib/server/assessment/save-answers.ts';
import { giveExtraInClass, takeInAttempt } from '#lib/server/learning/invigilate.ts';
import { questions, questionVersions } from '#lib/server/assessment/tables.ts';
import { notifications } from '#lib/server/notifications/tables.ts';
import { getLessonForLearner } from '#lib/server/learning/lesson.ts';
import { getQuizBoard } from '#lib/server/learning/quiz-board.ts';
import { getMarkingQueue, markInClass, returnInClass } from '#lib/server/learning/quiz-marking.ts';
import { addQuizFile } from '#lib/server/learning/quiz-files.ts';
import { saveQuizForm } from '#lib/server/learning/quiz-form.ts';
import { getQuizAttempt, getQuizLesson, resubmitInQuiz, startQuiz, submitQuiz } from '#lib/server/learning/quiz.ts';
import { learningJobs } from '#lib/server/learning/jobs.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { participations } from '#lib/server/training/tables.ts';
import { runJobs } from '../support/jobs.ts';
import { anotherLearner } from '../support/learning-world.ts';
import { aBankQuestion, aQuizWorld, type QuizWorld } from '../support/quiz-world.ts';
import { anActor } from '../support/training-world.ts';
import { as, at, NOW, test } from '../support/test.ts';

const after = (ctx: Context, seconds: number) => at(ctx, new Date(NOW.getTime() + seconds * 1000));

async function open(ctx: Context, { place }: QuizWorld, attemptId: string): Promise<OpenAttempt> {
	const { attempt } = await getQuizAttempt(ctx, { ...place, attemptId });
	if (attempt.state !== 'open') throw new Error('the attempt is over');
	return attempt;
}

/** Answers every question: the first `right` of them rightly. */
async function answer(ctx: Context, world: QuizWorld, attemptId: string, right: number, sequence = 1) {
	const { items } = await open(ctx, world, attemptId);
	const given: GivenAnswer[] = items.map(({ position }, i) => ({
		position,
		sequence,
		answer: i < right ? 'opt1' : 'opt0'
	}));
	return saveAnswers(ctx, { attemptId, personId: world.personId }, given);
}

function formOf(fields: Readonly<Record<string, string | readonly (string | File)[]>>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields))
		for (const each of typeof value === 'string' ? [value] : value) form.append(name, each);
	return form;
}

const standing = async (ctx: Context) => (await ctx.db.select().from(sittings))[0];
const completedOn = async (ctx: Context, { participationId }: QuizWorld) =>
	(await ctx.db.select().from(participations).where(eq(participations.id, participationId)))[0]?.completedOn;

describe('a quiz lesson', () => {
	test('completes the lesson and the class at once when it is passed, and not before', async ({ ctx }) => {
		const world = await aQuizWorld(ctx);
		const learner = as(ctx, world.learner);
		const first = await startQuiz(learner, world.place);
		await answer(learner, world, first.attemptId, 2);
		await submitQuiz(learner, { ...world.place, ...first });
		expect(await standing(ctx)).toMatchObject({ gradePercent: 66.67, isPassed: false });
		expect(await completedOn(ctx, world)).toBeNull();
		const second = await startQuiz(learner, world.place);
		await answer(learner, world, second.attemptId, 3);
		await submitQuiz(learner, { ...world.place, ...second });
		expect(await standing(ctx)).toMatchObject({ gradePercent: 100, isPassed: true });
		expect(await completedOn(ctx, world)).toBe('2026-11-20');
		await expect(startQuiz(learner, world.place)).rejects.toMatchObject({ code: 'assessment.no_attempt_left' });
		const { attempts: list, refusal } = await getQuizLesson(learner, world.place);
		expect([list.map(({ percent }) => percent), refusal?.code]).toEqual([[66.67, 100], 'assessment.no_attempt_left']);
	});

	test('draws other questions for a second attempt where it can, and keeps the order on resume', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { bank: 6 });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		const before = await open(learner, world, attemptId);
		expect(await startQuiz(learner, world.place)).toEqual({ attemptId });
		expect((await open(after(learner, 600), world, attemptId)).items).toEqual(before.items);
		await submitQuiz(learner, { ...world.place, attemptId });
		const second = await startQuiz(learner, world.place);
		await open(learner, world, second.attemptId);
		const versions = (await ctx.db.select({ id: attemptItems.versionId }).from(attemptItems)).map(({ id }) => id);
		expect(new Set(versions).size).toBe(6);
	});

	test('fifty starts and fifty submits at once make one attempt and one grade', async ({ ctx }) => {
		const world = await aQuizWorld(ctx);
		const learner = as(ctx, world.learner);
		const started = await Promise.all(Array.from({ length: 50 }, () => startQuiz(learner, world.place)));
		expect(new Set(started.map(({ attemptId }) => attemptId)).size).toBe(1);
		const attemptId = started[0]!.attemptId;
		await answer(learner, world, attemptId, 3);
		await Promise.all(Array.from({ length: 50 }, () => submitQuiz(learner, { ...world.place, attemptId })));
		expect(await ctx.db.select().from(attempts)).toMatchObject([{ number: 1, score: 3, submittedBy: 'person' }]);
		expect(await completedOn(ctx, world)).toBe('2026-11-20');
	});

	test('does not exist for anybody else', async ({ ctx }) => {
		const world = await aQuizWorld(ctx);
		const { attemptId } = await startQuiz(as(ctx, world.learner), world.place);
		const other = await anotherLearner(ctx, world);
		const stranger = as(ctx, { ...world.learner, ...other, kind: 'account' } as typeof world.learner);
		const notFound = { kind: 'not_found' };
		await expect(getQuizAttempt(stranger, { ...world.place, attemptId })).rejects.toMatchObject(notFound);
		await expect(submitQuiz(stranger, { ...world.place, attemptId })).rejects.toMatchObject(notFound);
		const theirs = { participationId: other.participationId, lessonId: world.place.lessonId };
		await startQuiz(stranger, theirs);
		await expect(getQuizAttempt(stranger, { ...theirs, attemptId })).rejects.toMatchObject(notFound);
		await expect(
			saveAnswers(stranger, { attemptId, personId: other.personId }, [{ position: 1, answer: 'opt1', sequence: 1 }])
		).rejects.toMatchObject(notFound);
	});

	test('asks for the password, the opening and the pause', async ({ ctx }) => {
		const opensAt = new Date(NOW.getTime() + 60_000).toISOString();
		const world = await aQuizWorld(ctx, { settings: { password: 'sen vàng', opensAt, delayMin: 5 } });
		const learner = as(ctx, world.learner);
		await expect(startQuiz(learner, world.place, 'sen vàng')).rejects.toMatchObject({
			code: 'assessment.not_open_yet'
		});
		const later = after(learner, 60);
		await expect(startQuiz(later, world.place)).rejects.toMatchObject({ code: 'assessment.wrong_password' });
		const { attemptId } = await startQuiz(later, world.place, 'sen vàng');
		await submitQuiz(later, { ...world.place, attemptId });
		await expect(startQuiz(later, world.place, 'sen vàng')).rejects.toMatchObject({ code: 'assessment.wait_for_next' });
		await startQuiz(after(learner, 360), world.place, 'sen vàng');
	});

	test('says so when the bank has too few questions, and leaves nothing behind', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { bank: 2 });
		await expect(startQuiz(as(ctx, world.learner), world.place)).rejects.toMatchObject({
			code: 'assessment.too_few_questions'
		});
		expect(await ctx.db.select().from(sittings)).toEqual([]);
	});
});

describe('saving answers', () => {
	test('takes the newest, repeats without harm, and tells an older device what is kept', async ({ ctx }) => {
		const world = await aQuizWorld(ctx);
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		const save = (answer: string, sequence: number) =>
			saveAnswers(learner, { attemptId, personId: world.personId }, [{ position: 1, answer, sequence }]);
		expect(await save('opt2', 2)).toMatchObject({ saved: [{ position: 1, sequence: 2 }], newer: [] });
		expect(await save('opt2', 2)).toMatchObject({ saved: [{ position: 1, sequence: 2 }], newer: [] });
		const older = await save('opt3', 1);
		expect(older).toMatchObject({ saved: [], newer: [{ position: 1, sequence: 2, answer: 'opt2' }] });
		expect((await open(learner, world, attemptId)).items[0]).toMatchObject({ answer: 'opt2', sequence: 2 });
	});

	test('keeps what comes after the end aside and never marks it', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { settings: { timeLimitMin: 1 } });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		await answer(after(learner, 74), world, attemptId, 1);
		const late = await saveAnswers(after(learner, 76), { attemptId, personId: world.personId }, [
			{ position: 2, answer: 'opt1', sequence: 9 }
		]);
		expect(late).toMatchObject({ state: 'over', saved: [] });
		await submitQuiz(after(learner, 77), { ...world.place, attemptId });
		expect(await ctx.db.select().from(attempts)).toMatchObject([
			{ score: 1, submittedBy: 'clock', submittedAt: after(ctx, 60).now }
		]);
		const items = await ctx.db.select().from(attemptItems).where(eq(attemptItems.position, 2));
		expect(items).toMatchObject([{ answer: 'opt0', lateAnswer: 'opt1' }]);
	});

	test('knows one position only where there is no way back', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { settings: { isSequential: true } });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		const attempt = await open(learner, world, attemptId);
		expect([attempt.reached, attempt.items.length, attempt.questionCount]).toEqual([1, 1, 3]);
		const reply = await saveAnswers(learner, { attemptId, personId: world.personId }, [
			{ position: 2, answer: 'opt1', sequence: 1 }
		]);
		expect(reply.saved).toEqual([]);
	});
});

describe('the clock', () => {
	test('hands in without a browser, and the class follows', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { settings: { timeLimitMin: 1 } });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		await answer(learner, world, attemptId, 3);
		expect(await closeOverdue(after(ctx, 75))).toBe(0);
		expect(await closeOverdue(after(ctx, 76))).toBe(1);
		const sitting = await standing(ctx);
		expect(sitting).toMatchObject({ isPassed: true });
		await runJobs(after(ctx, 77), learningJobs);
		expect(await completedOn(ctx, world)).toBe('2026-11-20');
	});

	test('orders one job for all attempts that end together', async ({ ctx, services }) => {
		const world = await aQuizWorld(ctx, { settings: { timeLimitMin: 1 } });
		const other = await anotherLearner(ctx, world);
		await startQuiz(as(ctx, world.learner), world.place);
		const stranger = as(ctx, { ...world.learner, ...other, kind: 'account' } as typeof world.learner);
		await startQuiz(stranger, { participationId: other.participationId, lessonId: world.place.lessonId });
		const jobs = await services.pool.sql`select start_after from pgboss.job where name = 'assessment.close_overdue'`;
		expect(jobs.map(({ start_after }) => new Date(`${String(start_after)}:00`.replace(' ', 'T')))).toEqual([
			after(ctx, 80).now
		]);
	});
});

test('an answer that reads like a number or a word of JSON stays the text it is, and is marked', async ({ ctx }) => {
	const LOOKALIKES = ['12', 'true', 'null', '1e5', '"14"', '[1]', '{"a":1}'];
	const world = await aQuizWorld(ctx, {
		bank: 0,
		content: (topicId) => [{ kind: 'random', topicId, difficulty: null, count: LOOKALIKES.length, marks: 1 }]
	});
	for (const text of LOOKALIKES) {
		const accepted = [{ text, credit: 100, feedback: '' }];
		const body = { type: 'short', accepted, ignoresCase: true, ignoresAccents: true } as const;
		await aBankQuestion(ctx, world.unitId, world.topicId, {
			stem: `<p>${text}</p>`,
			body: structuredClone(body) as never
		});
	}
	const learner = as(ctx, world.learner);
	const { attemptId } = await startQuiz(learner, world.place);
	const { items } = await open(learner, world, attemptId);
	const textOf = (stem: string) => stem.replace(/<[^>]+>/g, '').replaceAll('&quot;', '"');
	const given = items.map(({ position, stem }) => ({ position, answer: textOf(stem), sequence: 1 }));
	await saveAnswers(learner, { attemptId, personId: world.personId }, given);
	const kept = (await open(learner, world, attemptId)).items.map((item) => item.answer);
	expect(kept.toSorted()).toEqual(LOOKALIKES.toSorted());
	await submitQuiz(learner, { ...world.place, attemptId });
	expect(await standing(ctx)).toMatchObject({ gradePercent: 100, isPassed: true });
});

describe('the key', () => {
	/** Words that only the key, the feedback and the explanation hold. */
	const SECRETS = ['PHẢN HỒI', 'GIẢI THÍCH', 'credit', 'feedback', 'accepted', 'matchId', 'isTrue', 'isRight'];

	test('is in nothing that is sent before the rules allow it', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, {
			bank: 0,
			content: (topicId) => [{ kind: 'random', topicId, difficulty: null, count: 4, marks: 1 }]
		});
		const option = (id: string, credit: number) => ({ id, html: `<p>${id}</p>`, credit, feedback: '<p>PHẢN HỒI</p>' });
		const accepted = [{ text: 'chìa khóa', credit: 100, feedback: 'PHẢN HỒI' }];
		for (const body of [
			{ type: 'single', keepsOrder: false, options: [option('aaa1', 100), option('bbb2', 0)] },
			{ type: 'short', accepted, ignoresCase: true, ignoresAccents: true },
			{ type: 'true_false', isTrue: true, feedbackTrue: 'PHẢN HỒI', feedbackFalse: 'PHẢN HỒI' },
			{
				type: 'matching',
				pairs: [{ id: 'ppp1', html: 'x', matchId: 'mmm1' }],
				matches: [{ id: 'mmm1', text: 'y' }],
				rule: 'each'
			}
		] as const)
			await aBankQuestion(ctx, world.unitId, world.topicId, {
				body: structuredClone(body) as never,
				explanation: '<p>GIẢI THÍCH</p>'
			});
		const learner = as(ctx, world.learner);
		const said: unknown[] = [await getQuizLesson(learner, world.place)];
		const { attemptId } = await startQuiz(learner, world.place);
		said.push(
			await getQuizAttempt(learner, { ...world.place, attemptId }),
			await getLessonForLearner(learner, world.participationId, world.place.lessonId)
		);
		const given = [1, 2, 3, 4].map((position) => ({ position, answer: 'chìa', sequence: 1 }));
		said.push(await saveAnswers(learner, { attemptId, personId: world.personId }, given));
		await submitQuiz(learner, { ...world.place, attemptId });
		said.push(await getQuizAttempt(learner, { ...world.place, attemptId }), await getQuizLesson(learner, world.place));
		const text = JSON.stringify(said).replaceAll('"feedback":[]', '');
		expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
		expect(text).not.toContain('chìa khóa');
		await ctx.db
			.update(papers)
			.set({ settings: { ...(await ctx.db.select().from(papers))[0]!.settings, closesAt: NOW.toISOString() } });
		const shown = JSON.stringify(await getQuizAttempt(learner, { ...world.place, attemptId }));
		expect([shown.includes('GIẢI THÍCH'), shown.includes('chìa khóa')]).toEqual([true, true]);
	});
});

describe('the examiner', () => {
	const where = ({ activityId, place }: QuizWorld) => ({ activityId, lessonId: place.lessonId });
	const board = (ctx: Context, world: QuizWorld) =>
		getQuizBoard(ctx, world.activityId, world.place.lessonId, { page: 1 });
	const examinerOf = (ctx: Context, world: QuizWorld) =>
		as(ctx, anActor('unit_admin', { id: world.unitId, path: '1' }));

	test('sees who is in, and what they were given holds at once', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { settings: { timeLimitMin: 10, attemptLimit: 1 } });
		await anotherLearner(ctx, world);
		const [learner, examiner] = [as(ctx, world.learner), examinerOf(ctx, world)];
		const { attemptId } = await startQuiz(learner, world.place);
		await answer(learner, world, attemptId, 3);
		const before = await board(after(examiner, 60), world);
		expect(before.counts).toEqual({ none: 1, open: 1, done: 0, passed: 0 });
		expect(before.rows[0]).toMatchObject({ name: 'Nguyễn Thị Lan', answered: 3, questions: 3, remainingS: 540 });
		const extra = { minutes: 5, attempts: 0, reason: 'Mất điện' };
		expect(await giveExtraInClass(examiner, where(world), { to: 'open', ...extra })).toBe(1);
		expect((await open(learner, world, attemptId)).remainingS).toBe(900);
		expect(await closeOverdue(after(ctx, 700))).toBe(0);
		await takeInAttempt(after(examiner, 700), where(world), world.participationId);
		expect((await board(examiner, world)).counts).toMatchObject({ passed: 1, open: 0 });
		await expect(takeInAttempt(examiner, where(world), world.participationId)).rejects.toMatchObject({
			code: 'assessment.attempt_over'
		});
	});

	test('gives one person or a unit another attempt, also before they begin', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { settings: { attemptLimit: 1, timeLimitMin: 10 } });
		const [learner, examiner] = [as(ctx, world.learner), examinerOf(ctx, world)];
		const extra = { minutes: 10, attempts: 1, reason: 'Khuyết tật vận động' };
		await giveExtraInClass(examiner, where(world), { to: `unit:${world.unitId}`, ...extra });
		const { attemptId } = await startQuiz(learner, world.place);
		expect((await open(learner, world, attemptId)).remainingS).toBe(1200);
		await submitQuiz(learner, { ...world.place, attemptId });
		expect((await getQuizLesson(learner, world.place)).attemptsLeft).toBe(1);
	});

	test('must be one: learners and strangers are refused', async ({ ctx }) => {
		const world = await aQuizWorld(ctx);
		const extra = { to: 'everybody' as const, minutes: 5, attempts: 0, reason: 'x' };
		await expect(giveExtraInClass(as(ctx, world.learner), where(world), extra)).rejects.toMatchObject({
			kind: 'forbidden'
		});
		await expect(board(as(ctx, world.learner), world)).rejects.toMatchObject({ kind: 'forbidden' });
		const stranger = as(ctx, anActor('unit_admin', { id: world.unitId, path: '2' }));
		await expect(giveExtraInClass(stranger, where(world), extra)).rejects.toMatchObject({ kind: 'not_found' });
	});
});

describe('an essay', () => {
	const rubric = [
		{ id: 'ttt1', title: 'Đúng điều luật', description: '', maxPoints: 3, levels: [] },
		{ id: 'ttt2', title: 'Trình bày', description: '', maxPoints: 1, levels: [] }
	];

	test('waits for its marker, who sees no name; the class follows the marks', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, {
			bank: 2,
			content: (topicId) => [{ kind: 'random', topicId, difficulty: null, count: 2, marks: 1 }]
		});
		const body = { type: 'essay', rubric, minWords: null, maxWords: null, notes: '' } as const;
		const questionId = await aBankQuestion(ctx, world.unitId, world.topicId, { body: structuredClone(body) as never });
		const [paper] = await ctx.db.select().from(papers);
		await ctx.db.update(papers).set({ content: [...paper!.content, { kind: 'fixed', questionId, marks: 8 }] });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		const { items } = await open(learner, world, attemptId);
		expect(items).toHaveLength(3);
		const given = items.map(({ position, item }) => ({
			position,
			sequence: 1,
			answer: item.type === 'essay' ? 'Bài của tôi' : 'opt1'
		}));
		await saveAnswers(learner, { attemptId, personId: world.personId }, given);
		await submitQuiz(learner, { ...world.place, attemptId });
		expect((await getQuizAttempt(learner, { ...world.place, attemptId })).attempt).toMatchObject({
			waitsForMarker: true,
			percent: null
		});
		const marker = as(ctx, anActor('trainer', { id: world.unitId, path: '1' }));
		const queue = await getMarkingQueue(marker, world.activityId, world.place.lessonId, {
			isMarked: false,
			withNames: false
		});
		expect(queue.items).toMatchObject([{ name: null, given: { text: 'Bài của tôi' }, marks: 8 }]);
		expect(JSON.stringify(queue)).not.toContain('Lan');
		const { position } = queue.items[0]!;
		const where = { activityId: world.activityId, lessonId: world.place.lessonId };
		const mark = (points: Record<string, number>) =>
			markInClass(marker, where, { attemptId, position }, { points, marks: undefined, comment: 'Tốt' });
		await expect(mark({ ttt1: 3 })).rejects.toMatchObject({ code: 'assessment.points_missing' });
		await mark({ ttt1: 2, ttt2: 1 });
		expect(await standing(ctx)).toMatchObject({ gradePercent: 80, isPassed: true });
		await runJobs(ctx, learningJobs);
		expect(await completedOn(ctx, world)).toBe('2026-11-20');
		const unit = as(ctx, anActor('unit_admin', { id: world.unitId, path: '1' }));
		await expect(
			getMarkingQueue(unit, world.activityId, world.place.lessonId, { isMarked: true, withNames: true })
		).rejects.toMatchObject({ kind: 'forbidden' });
	});
});

describe('an essay sent back', () => {
	test('is changed by its learner until the day, marked after that, and what it was is kept', async ({ ctx }) => {
		const world = await aQuizWorld(ctx, { bank: 1, content: () => [] });
		const body = { type: 'essay', rubric: [], minWords: null, maxWords: null, notes: '' } as const;
		const questionId = await aBankQuestion(ctx, world.unitId, world.topicId, { body: structuredClone(body) as never });
		await ctx.db.update(papers).set({ content: [{ kind: 'fixed', questionId, marks: 10 }] });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		await saveAnswers(learner, { attemptId, personId: world.personId }, [
			{ position: 1, sequence: 1, answer: 'Bản một' }
		]);
		await submitQuiz(learner, { ...world.place, attemptId });
		const marker = as(ctx, anActor('trainer', { id: world.unitId, path: '1' }));
		const where = { activityId: world.activityId, lessonId: world.place.lessonId };
		const queue = async () =>
			(await getMarkingQueue(marker, where.activityId, where.lessonId, { isMarked: false, withNames: false })).items;
		const back = (comment: string, dueOn = '2026-11-22', by = marker) =>
			returnInClass(by, where, { attemptId, position: 1, comment, dueOn });
		const mark = () => markInClass(marker, where, { attemptId, position: 1 }, { points: {}, marks: 9, comment: 'Tốt' });
		const again = (answer: string, by = learner) =>
			resubmitInQuiz(by, { ...world.place, attemptId }, 1, formOf({ answer }));

		await expect(again('Bản hai')).rejects.toMatchObject({ code: 'assessment.nothing_returned' });
		await expect(back('Thiếu căn cứ', '2026-11-19')).rejects.toMatchObject({ code: 'assessment.day_is_over' });
		const stranger = as(ctx, anActor('trainer', { id: randomUUID(), path: '9' }));
		await expect(back('Thiếu căn cứ', '2026-11-22', stranger)).rejects.toMatchObject({ kind: 'not_found' });
		await back('Thiếu căn cứ pháp lý');
		await expect(back('Lần nữa')).rejects.toMatchObject({ code: 'assessment.returned_already' });
		await expect(mark()).rejects.toMatchObject({ code: 'assessment.returned_already' });
		expect(await queue()).toEqual([]);
		const told = await ctx.db
			.select()
			.from(notifications)
			.where(eq(notifications.template, 'learning.answer_returned'));
		expect(told).toMatchObject([{ personId: world.personId, params: { dueOn: '2026-11-22' } }]);
		expect((await getQuizAttempt(learner, { ...world.place, attemptId })).attempt).toMatchObject({
			returned: [
				{
					position: 1,
					comment: 'Thiếu căn cứ pháp lý',
					dueOn: '2026-11-22',
					answer: 'Bản một',
					item: { type: 'essay' }
				}
			]
		});

		expect(await getQuizLesson(learner, world.place)).toMatchObject({ attempts: [{ toChangeUntil: '2026-11-22' }] });
		await expect(again('  ')).rejects.toMatchObject({ code: 'assessment.answer_missing' });
		await Promise.all([again('Bản hai'), again('Bản hai')]); // a button pressed twice
		await expect(again('Bản ba')).rejects.toMatchObject({ code: 'assessment.nothing_returned' });
		expect(await queue()).toMatchObject([
			{
				...{ given: { text: 'Bản hai', files: [] }, revisions: 1, asked: 'Thiếu căn cứ pháp lý', isOverdue: false },
				earlier: [{ given: { text: 'Bản một' }, comment: 'Thiếu căn cứ pháp lý' }]
			}
		]);
		expect((await getQuizAttempt(learner, { ...world.place, attemptId })).attempt).toMatchObject({ returned: [] });

		await back('Thêm ví dụ', '2026-11-22', at(marker, '2026-11-21T08:00:00+07:00'));
		const late = at(learner, '2026-11-23T08:00:00+07:00');
		await expect(again('Muộn', late)).rejects.toMatchObject({ code: 'assessment.return_is_over' });
		const later = at(marker, '2026-11-23T08:00:00+07:00');
		expect(
			(await getMarkingQueue(later, where.activityId, where.lessonId, { isMarked: false, withNames: false })).items
		).toMatchObject([{ given: { text: 'Bản hai' }, asked: 'Thêm ví dụ', isOverdue: true }]);
		await markInClass(later, where, { attemptId, position: 1 }, { points: {}, marks: 9, comment: 'Tốt' });
		expect(await standing(ctx)).toMatchObject({ gradePercent: 90, isPassed: true });
		await expect(
			returnInClass(later, where, { attemptId, position: 1, comment: 'Sửa', dueOn: '2026-11-30' })
		).rejects.toMatchObject({
			code: 'assessment.marked_already'
		});
		expect(await ctx.db.select().from(returnedItems).orderBy(returnedItems.returnedAt)).toMatchObject([
			{ answerBefore: 'Bản một', answerAfter: 'Bản hai' },
			{ answerBefore: 'Bản hai', answerAfter: null, comment: 'Thêm ví dụ' }
		]);
	});
});

describe('a work handed in as files', () => {
	async function aWork(ctx: Context) {
		const world = await aQuizWorld(ctx, { bank: 1, content: () => [] });
		const body = { type: 'upload', rubric: [], accepts: ['image', 'document'], mostFiles: 2, notes: '' };
		const questionId = await aBankQuestion(ctx, world.unitId, world.topicId, { body: body as never });
		await ctx.db.update(papers).set({ content: [{ kind: 'fixed', questionId, marks: 10 }] });
		const learner = as(ctx, world.learner);
		const place = { ...world.place, ...(await startQuiz(learner, world.place)) };
		const marker = as(ctx, anActor('trainer', { id: world.unitId, path: '1' }));
		const queue = async () =>
			(await getMarkingQueue(marker, world.activityId, world.place.lessonId, { isMarked: false, withNames: false }))
				.items;
		const give = (files: readonly string[], sequence: number, note = '') =>
			saveAnswers(learner, { attemptId: place.attemptId, personId: world.personId }, [
				{ position: 1, sequence, answer: { files: [...files], note } }
			]);
		return { world, learner, marker, place, queue, give };
	}
	const pdf = (name: string) => new File(['%PDF-1.7 bài thu hoạch'], name);
	const picture = async () =>
		new File(
			[
				await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a33' } })
					.jpeg()
					.toBuffer()
			],
			'Anh Nguyễn Văn An.jpg'
		);

	test('is kept, seen by its learner and its marker without a name, and drawn anew', async ({ ctx }) => {
		const { learner, place, queue, give } = await aWork(ctx);
		const photo = await addQuizFile(learner, place, 1, await picture());
		const text = await addQuizFile(learner, place, 1, pdf('../../Bài của An.pdf'));
		expect([photo, text]).toMatchObject([
			{ kind: 'image', name: 'Anh Nguyễn Văn An.webp' },
			{ kind: 'document', name: 'Bài của An.pdf' }
		]);
		await give([photo.id, text.id], 1, 'Kèm ảnh buổi tuyên truyền');
		const { attempt } = await getQuizAttempt(learner, place);
		expect(attempt.items[0]).toMatchObject({
			answer: { files: [photo.id, text.id] },
			files: expect.arrayContaining([photo, text]) as unknown
		});
		await submitQuiz(learner, place);
		expect(await queue()).toMatchObject([
			{
				given: {
					text: 'Kèm ảnh buổi tuyên truyền',
					files: [
						{ id: photo.id, name: '1.webp' },
						{ id: text.id, name: '2.pdf' }
					]
				}
			}
		]);
		await expect(addQuizFile(learner, place, 1, pdf('muộn.pdf'))).rejects.toMatchObject({
			code: 'assessment.attempt_over'
		});
	});

	test('takes nothing of another kind, of another person, or for another question', async ({ ctx }) => {
		const { world, learner, place } = await aWork(ctx);
		const sound = new File([Buffer.from('ID3 sound')], 'tin.mp3');
		await expect(addQuizFile(learner, place, 1, sound)).rejects.toMatchObject({ code: 'assessment.file_not_accepted' });
		await expect(addQuizFile(learner, place, 1, new File(['MZ'], 'x.pdf'))).rejects.toMatchObject({
			code: 'form.file_type'
		});
		await expect(addQuizFile(learner, place, 2, pdf('a.pdf'))).rejects.toMatchObject({ kind: 'not_found' });
		const other = await anotherLearner(ctx, world);
		const theirs = { ...place, participationId: other.participationId };
		await expect(
			addQuizFile(
				as(ctx, { ...world.learner, ...other, kind: 'account' } as typeof world.learner),
				theirs,
				1,
				pdf('a.pdf')
			)
		).rejects.toMatchObject({
			kind: 'not_found'
		});
		expect(await ctx.db.$count(attemptFiles)).toBe(0);
	});

	test('shows nobody a file of another attempt that an answer names', async ({ ctx }) => {
		const { world, learner, place, queue, give } = await aWork(ctx);
		const other = await anotherLearner(ctx, world);
		const theirs = { participationId: other.participationId, lessonId: world.place.lessonId };
		const { attemptId } = await startQuiz(
			as(ctx, { ...world.learner, ...other, kind: 'account' } as typeof world.learner),
			theirs
		);
		const secret = await addQuizFile(
			as(ctx, { ...world.learner, ...other, kind: 'account' } as typeof world.learner),
			{ ...theirs, attemptId },
			1,
			pdf('riêng.pdf')
		);
		await give([secret.id], 1, 'x');
		expect((await getQuizAttempt(learner, place)).attempt.items[0]?.files).toEqual([]);
		await submitQuiz(learner, place);
		expect(await queue()).toMatchObject([{ given: { files: [] } }]);
	});

	test('goes with a plain form, comes back with other files, and what no answer names is deleted', async ({ ctx }) => {
		const { world, learner, marker, place, queue, give } = await aWork(ctx);
		const dropped = await addQuizFile(learner, place, 1, pdf('nháp.pdf'));
		await give([dropped.id], 1);
		await saveQuizForm(learner, place, formOf({ 'a.1.file[]': [pdf('bản một.pdf')], 'a.1.note': 'một' }));
		await submitQuiz(learner, place);
		const [first] = (await queue())[0]!.given.files;
		await returnInClass(
			marker,
			{ activityId: world.activityId, lessonId: world.place.lessonId },
			{ attemptId: place.attemptId, position: 1, comment: 'Thiếu ảnh', dueOn: '2026-11-22' }
		);
		await resubmitInQuiz(learner, place, 1, formOf({ 'answer.file[]': [pdf('bản hai.pdf')], 'answer.note': 'hai' }));
		const [item] = await queue();
		expect(item).toMatchObject({
			given: { text: 'hai', files: [{ kind: 'document' }] },
			earlier: [{ given: { text: 'một', files: [{ id: first!.id }] } }]
		});
		expect(await sweepDroppedFiles(learner)).toBe(0);
		const keys = await ctx.db.select({ id: attemptFiles.id, key: attemptFiles.storageKey }).from(attemptFiles);
		const later = at(ctx, '2026-11-25T01:20:00+07:00');
		expect(await sweepDroppedFiles(later)).toBe(1);
		const gone = keys.find(({ id }) => id === dropped.id)!;
		expect(await ctx.storage.head(gone.key)).toBeUndefined();
		expect((await ctx.db.select().from(attemptFiles)).map(({ id }) => id).toSorted()).toEqual(
			keys.flatMap(({ id }) => (id === dropped.id ? [] : id)).toSorted()
		);
	});
});

describe('a mended key', () => {
	test('is previewed, marks anew, keeps what stood, tells whom it changes, and never takes a completion back', async ({
		ctx
	}) => {
		const world = await aQuizWorld(ctx, { bank: 3 });
		const learner = as(ctx, world.learner);
		const { attemptId } = await startQuiz(learner, world.place);
		await answer(learner, world, attemptId, 2);
		await submitQuiz(learner, { ...world.place, attemptId });
		const [wrong] = await ctx.db.select().from(attemptItems).where(eq(attemptItems.position, 3));
		const [old] = await ctx.db.select().from(questionVersions).where(eq(questionVersions.id, wrong!.versionId));
		const body = structuredClone(old!.body) as { options: { id: string; credit: number }[] };
		for (const option of body.options) option.credit = option.id === 'opt0' ? 100 : 0;
		await ctx.db.insert(questionVersions).values({ ...old!, id: randomUUID(), number: 2, body: body as never });
		await ctx.db.update(questions).set({ newestVersion: 2, usableVersion: 2 }).where(eq(questions.id, old!.questionId));
		const author = as(ctx, anActor('trainer', { id: world.unitId, path: '1' }));
		const previews = await previewRegrades(author, world.paperId);
		expect(previews).toMatchObject([{ answers: 1, changes: [{ before: 66.67, after: 100, passes: true }] }]);
		expect(await regrade(author, world.paperId, old!.questionId, 'Đáp án in sai')).toBe(1);
		expect(await standing(ctx)).toMatchObject({ gradePercent: 100, isPassed: true });
		expect(await ctx.db.select().from(regradedItems)).toMatchObject([
			{ shareBefore: 0, shareAfter: 1, reason: 'Đáp án in sai' }
		]);
		await runJobs(ctx, learningJobs);
		expect(await completedOn(ctx, world)).toBe('2026-11-20');
		const told = await ctx.db.select().from(notifications).where(eq(notifications.template, 'learning.quiz_regraded'));
		expect(told).toMatchObject([{ personId: world.personId, params: { before: '66,67%', after: '100%' } }]);
		await expect(regrade(author, world.paperId, old!.questionId, 'x')).rejects.toMatchObject({
			code: 'assessment.nothing_to_regrade'
		});
	});
});
