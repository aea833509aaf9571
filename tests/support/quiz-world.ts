import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { DEFAULT_SETTINGS, type PaperContent, type PaperSettings } from '#lib/assessment/paper.ts';
import { topicIdOf } from '#lib/server/assessment/citations.ts';
import { papers } from '#lib/server/assessment/paper-tables.ts';
import { questions, questionVersions } from '#lib/server/assessment/tables.ts';
import { written } from '#lib/server/assessment/write-question.ts';
import { lessonVersions } from '#lib/server/catalogue/tables.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Question } from '#lib/assessment/question.ts';
import { aQuestion } from './questions.ts';
import { aLearningWorld, type LearningWorld } from './learning-world.ts';

/** A learner in an open class whose only lesson is a quiz, and the bank it draws from. */
export type QuizWorld = LearningWorld &
	Readonly<{ paperId: string; topicId: string; place: { participationId: string; lessonId: string } }>;

/**
 * @param settings beside the defaults (70%, two attempts)
 * @param bank how many easy questions the topic has; each a choice of four whose `opt1` is the key
 * @param content the paper's; by default three questions drawn from the topic
 */
export async function aQuizWorld(
	ctx: Context,
	{
		settings = {},
		bank = 5,
		content
	}: { settings?: Partial<PaperSettings>; bank?: number; content?: (topicId: string) => PaperContent } = {}
): Promise<QuizWorld> {
	const world = await aLearningWorld(ctx, { lecturesS: [], withDocument: true });
	const topicId = await topicIdOf(ctx.db, 'Pháp luật về PBGDPL');
	for (let i = 0; i < bank; i++) await aBankQuestion(ctx, world.unitId, topicId);
	const [paper] = await ctx.db
		.insert(papers)
		.values({
			unitId: world.unitId,
			title: 'Kiểm tra cuối khóa',
			content: content?.(topicId) ?? [{ kind: 'random', topicId, difficulty: 'easy', count: 3, marks: 1 }],
			settings: { ...DEFAULT_SETTINGS, ...settings }
		})
		.returning({ id: papers.id });
	const paperId = paper!.id;
	const [lessonId = ''] = world.lessonIds;
	await ctx.db.update(lessonVersions).set({ kind: 'quiz', paperId }).where(eq(lessonVersions.lessonId, lessonId));
	return { ...world, paperId, topicId, place: { participationId: world.participationId, lessonId } };
}

/** A question in use, written directly: what leads to it is tested elsewhere. @returns its id */
export async function aBankQuestion(
	ctx: Context,
	unitId: string,
	topicId: string,
	more: Partial<Question> = {}
): Promise<string> {
	const { difficulty, stem, body, explanation } = aQuestion(more);
	const [added] = await ctx.db
		.insert(questions)
		.values({ unitId, topicId, difficulty, status: 'in_use', usableVersion: 1, firstUsedAt: ctx.now })
		.returning({ id: questions.id });
	const questionId = added!.id;
	await ctx.db.insert(questionVersions).values({
		...{ id: randomUUID(), questionId, number: 1, state: 'approved', reviewedAt: ctx.now },
		...written(ctx, { stem, body, explanation })
	});
	return questionId;
}
