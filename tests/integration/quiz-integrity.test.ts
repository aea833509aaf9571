import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { DEFAULT_SETTINGS } from '#lib/assessment/paper.ts';
import { answerSteps, papers } from '#lib/server/assessment/paper-tables.ts';
import { saveAnswers } from '#lib/server/assessment/save-answers.ts';
import { auditEvents } from '#lib/server/audit/tables.ts';
import { listAlikePairs } from '#lib/server/learning/quiz-similarity.ts';
import { getTimeline } from '#lib/server/learning/quiz-timeline.ts';
import { getQuizAttempt, getQuizLesson, startQuiz, submitQuiz } from '#lib/server/learning/quiz.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { removeOld } from '#lib/server/privacy/retention.ts';
import { anotherLearner } from '../support/learning-world.ts';
import { aBankQuestion, aQuizWorld, type QuizWorld } from '../support/quiz-world.ts';
import { as, at, NOW, test } from '../support/test.ts';
import { anActor } from '../support/training-world.ts';

const after = (ctx: Context, seconds: number) => at(ctx, new Date(NOW.getTime() + seconds * 1000));
const examinerOf = (ctx: Context, { unitId }: QuizWorld) => as(ctx, anActor('unit_admin', { id: unitId, path: '1' }));

/** Somebody sits the quiz and gives these options, question after question. */
async function sits(ctx: Context, who: Context, personId: string, place: QuizWorld['place'], options: string[]) {
	const { attemptId } = await startQuiz(who, place);
	const { attempt } = await getQuizAttempt(who, { ...place, attemptId });
	const given = attempt.items.map(({ position }, i) => ({ position, sequence: 1, answer: options[i] ?? 'opt1' }));
	await saveAnswers(who, { attemptId, personId }, given);
	await submitQuiz(who, { ...place, attemptId });
}

test('a paper that keeps steps tells the course of an attempt, one that does not tells the last save', async ({
	ctx
}) => {
	const world = await aQuizWorld(ctx, { settings: { keepsSteps: true, shufflesQuestions: false } });
	const learner = as(ctx, world.learner);
	expect((await getQuizLesson(learner, world.place)).rules.keepsSteps).toBe(true);
	const { attemptId } = await startQuiz(learner, world.place);
	const give = (position: number, sequence: number, answer: string, seconds: number) =>
		saveAnswers(after(learner, seconds), { attemptId, personId: world.personId }, [{ position, sequence, answer }]);
	await give(1, 1, 'opt0', 20);
	await give(2, 1, 'opt1', 50);
	await give(1, 2, 'opt1', 65);
	await give(1, 2, 'opt1', 66); // sent twice by a slow line
	await submitQuiz(after(learner, 90), { ...world.place, attemptId });
	await give(1, 3, 'opt0', 95); // too late
	const { activityId, place, participationId } = world;
	const examiner = examinerOf(ctx, world);
	const where = { activityId, lessonId: place.lessonId, participationId };
	const timeline = await getTimeline(examiner, where, undefined);
	expect(timeline.steps.map(({ position, kind, share, afterS }) => [position, kind, share, afterS])).toEqual([
		[1, 'first', 0, 20],
		[2, 'first', 1, 30],
		[1, 'changed', 1, 15]
	]);
	expect(timeline.questions.map(({ position, changes }) => [position, changes])).toEqual([
		[1, 1],
		[2, 0],
		[3, null]
	]);
	expect(await ctx.db.select({ action: auditEvents.action }).from(auditEvents)).toContainEqual({
		action: 'quiz.timeline_viewed'
	});
	const elsewhere = as(ctx, anActor('unit_admin', { id: randomUUID(), path: '9' }));
	await expect(getTimeline(elsewhere, where, undefined)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(getTimeline(learner, where, undefined)).rejects.toMatchObject({ kind: 'forbidden' });

	await ctx.db.update(papers).set({ settings: { ...DEFAULT_SETTINGS, keepsSteps: false } });
	const again = after(learner, 300);
	const second = await startQuiz(again, place);
	await saveAnswers(again, { attemptId: second.attemptId, personId: world.personId }, [
		{ position: 1, sequence: 1, answer: 'opt1' }
	]);
	const plain = await getTimeline(examiner, where, undefined);
	expect(plain).toMatchObject({
		attempt: { number: 2 },
		hasSteps: false,
		steps: [],
		questions: [{ changes: null }, {}, {}]
	});
	expect(await getTimeline(examiner, where, 1)).toMatchObject({ attempt: { number: 1 }, hasSteps: true });
});

test('steps go when their time is over', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { settings: { keepsSteps: true } });
	const learner = as(ctx, world.learner);
	await sits(ctx, learner, world.personId, world.place, []);
	expect(await ctx.db.$count(answerSteps)).toBe(3);
	await ctx.db.execute(sql`update answer_step set saved_at = now() - interval '7 months' where position = 1`);
	await ctx.db.execute(sql`update answer_step set saved_at = now() where position > 1`);
	await removeOld(ctx);
	expect((await ctx.db.select().from(answerSteps)).map(({ position }) => position).toSorted()).toEqual([2, 3]);
});

test('pairs with the same wrong answers are found within a unit, and only where the paper says so', async ({ ctx }) => {
	const world = await aQuizWorld(ctx, { bank: 0, content: () => [], settings: { keepsSteps: true } });
	const ids = [];
	for (let i = 0; i < 12; i++) ids.push(await aBankQuestion(ctx, world.unitId, world.topicId));
	const content = ids.map((questionId) => ({ kind: 'fixed' as const, questionId, marks: 1 }));
	const settings = { ...DEFAULT_SETTINGS, shufflesQuestions: false, keepsSteps: true };
	await ctx.db.update(papers).set({ content, settings });
	const alike = Array.from({ length: 12 }, (_, i) => ['opt0', 'opt2', 'opt3'][i % 3]!);
	const other = (step: number, from: number) => alike.map((_, i) => ['opt0', 'opt2', 'opt3'][(i * step + from) % 3]!);
	await sits(ctx, as(ctx, world.learner), world.personId, world.place, alike);
	for (const options of [alike, other(2, 0), other(2, 1), other(2, 2), other(1, 1)]) {
		const person = await anotherLearner(ctx, world);
		const who = as(ctx, { ...world.learner, ...person, kind: 'account' } as typeof world.learner);
		const place = { participationId: person.participationId, lessonId: world.place.lessonId };
		await sits(ctx, who, person.personId, place, options);
	}
	const examiner = examinerOf(ctx, world);
	const found = await listAlikePairs(examiner, world.activityId, world.place.lessonId);
	expect(found.pairs[0]).toMatchObject({ same: 12, bothWrong: 12 });
	expect(found.pairs[0]!.participationIds).toContain(world.participationId);
	expect(found.pairs[0]!.expected).toBeLessThan(7);
	expect(found.pairs.every(({ same }) => same >= 4)).toBe(true);
	await ctx.db.update(papers).set({ settings: { ...settings, keepsSteps: false } });
	expect(await listAlikePairs(examiner, world.activityId, world.place.lessonId)).toMatchObject({
		isCompared: false,
		pairs: []
	});
	await expect(listAlikePairs(as(ctx, world.learner), world.activityId, world.place.lessonId)).rejects.toMatchObject({
		kind: 'forbidden'
	});
});
