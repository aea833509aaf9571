import { eq, sql } from 'drizzle-orm';
import type { QuestionInput, TopicInput } from '#lib/forum/input.ts';
import { fold } from '#lib/text/fold.ts';
import { recordAudit } from '../audit/record.ts';
import { getLessonForLearner } from '../learning/lesson.ts';
import { notify } from '../notifications/notify.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { limitWriting, openThread, writerOf } from './access.ts';
import { listBoards } from './lists.ts';
import { posts, threads } from './tables.ts';

/** Asks about a lesson of an own class. @throws {DomainError} as the lesson's page; `too_many` */
export async function askQuestion(
	ctx: Context,
	participationId: string,
	lessonId: string,
	input: QuestionInput
): Promise<string> {
	await getLessonForLearner(ctx, participationId, lessonId);
	return begin(ctx, { ...input, lessonId, board: null });
}

/** Opens a topic on a board of the forum. @throws {DomainError} `invalid` for an unknown board; `too_many` */
export async function openTopic(ctx: Context, input: TopicInput): Promise<string> {
	if (!(await listBoards(ctx)).some(({ code }) => code === input.board))
		throw new DomainError('invalid', 'forum.no_board');
	return begin(ctx, { ...input, lessonId: null });
}

async function begin(
	ctx: Context,
	{ title, body, lessonId, board }: QuestionInput & { lessonId: string | null; board: string | null }
): Promise<string> {
	const authorId = writerOf(ctx);
	await limitWriting(ctx, authorId);
	return ctx.db.transaction(async (tx) => {
		const [thread] = await tx
			.insert(threads)
			.values({
				...{ title, body, lessonId, board, authorId, postedAt: ctx.now, lastAt: ctx.now },
				searchText: fold(`${title} ${body}`)
			})
			.returning({ id: threads.id });
		if (!thread) throw new Error('thread was not inserted');
		await recordAudit(ctx, tx, 'thread.opened', { objectId: thread.id, ...(lessonId && { lessonId }) });
		return thread.id;
	});
}

/** Replies, and tells whoever began the thread. @throws {DomainError} `not_found`; `too_many` */
export async function reply(ctx: Context, threadId: string, body: string): Promise<void> {
	const authorId = writerOf(ctx);
	const thread = await openThread(ctx, threadId);
	await limitWriting(ctx, authorId);
	await ctx.db.transaction(async (tx) => {
		const [post] = await tx
			.insert(posts)
			.values({ threadId, body, searchText: fold(body), authorId, isExpert: thread.isExpert, postedAt: ctx.now })
			.returning({ id: posts.id });
		if (!post) throw new Error('post was not inserted');
		await tx
			.update(threads)
			.set({ postCount: sql`${threads.postCount} + 1`, lastAt: ctx.now })
			.where(eq(threads.id, threadId));
		await recordAudit(ctx, tx, 'thread.replied', { objectId: threadId, postId: post.id });
		if (thread.authorId === authorId) return;
		await notify(ctx, tx, {
			template: 'forum.replied',
			params: { title: thread.title },
			to: [{ accountId: thread.authorId }],
			path: `/discussions/${threadId}`,
			key: `forum.replied ${post.id}`
		});
	});
}
