import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record.ts';
import { accountIdOf } from '../identity/actor.ts';
import { authorise } from '../identity/permissions.ts';
import type { AboutInput } from '#lib/forum/input.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { openThread, writerOf } from './access.ts';
import { authorName } from './lists.ts';
import { posts, reports, threads } from './tables.ts';

/** A thread with its replies and what the actor may do; the accepted answer comes first. */
export async function getThreadPage(ctx: Context, threadId: string) {
	const { searchText: _, ...thread } = await openThread(ctx, threadId);
	const [[begun], rows] = await Promise.all([
		ctx.db
			.select({ author: authorName(sql`${threads.authorId}`) })
			.from(threads)
			.where(eq(threads.id, threadId)),
		ctx.db
			.select({
				id: posts.id,
				body: posts.body,
				author: authorName(sql`${posts.authorId}`),
				isExpert: posts.isExpert,
				postedAt: posts.postedAt,
				hideReason: posts.hideReason,
				isHidden: sql<boolean>`${posts.hiddenAt} is not null`
			})
			.from(posts)
			.where(eq(posts.threadId, threadId))
			.orderBy(asc(posts.postedAt), posts.id)
			.limit(500)
	]);
	const isAccepted = (id: string) => id === thread.acceptedPostId;
	const shown = rows.map((post) => ({
		...post,
		isAccepted: isAccepted(post.id),
		body: post.isHidden && !thread.mayModerate ? '' : post.body
	}));
	return {
		thread: { ...thread, author: begun?.author ?? '' },
		posts: shown.toSorted((a, b) => Number(b.isAccepted) - Number(a.isAccepted)),
		mayAccept: thread.lessonId !== null && (thread.isExpert || thread.authorId === accountIdOf(ctx.actor))
	};
}

/**
 * Marks an expert's reply as the answer.
 * @throws {DomainError} `forbidden` unless the actor asked or teaches; `invalid` for a reply that is no expert's
 */
export async function acceptAnswer(ctx: Context, threadId: string, postId: string): Promise<void> {
	const { mayAccept, posts: all } = await getThreadPage(ctx, threadId);
	if (!mayAccept) throw new DomainError('forbidden', 'identity.not_permitted');
	if (!all.some((post) => post.id === postId && post.isExpert && !post.isHidden))
		throw new DomainError('invalid', 'forum.not_an_answer');
	await ctx.db.transaction(async (tx) => {
		await tx.update(threads).set({ acceptedPostId: postId }).where(eq(threads.id, threadId));
		await recordAudit(ctx, tx, 'thread.answer_accepted', { objectId: threadId, postId });
	});
}

/** Tells the moderators about a thread or a reply; a second report of the same by the same account changes nothing. */
export async function reportPost(ctx: Context, threadId: string, { postId, reason }: AboutInput): Promise<void> {
	const reporterId = writerOf(ctx);
	await openThread(ctx, threadId);
	await requirePost(ctx, threadId, postId);
	await ctx.db.transaction(async (tx) => {
		await tx
			.insert(reports)
			.values({ threadId, postId: postId || null, reporterId, reason, reportedAt: ctx.now })
			.onConflictDoNothing();
		await recordAudit(ctx, tx, 'thread.reported', { objectId: threadId, ...(postId && { postId }) });
	});
}

/** Takes a thread or a reply out of sight and settles what was reported about it. */
export async function hidePost(ctx: Context, threadId: string, { postId, reason }: AboutInput): Promise<void> {
	authorise(ctx.actor, 'forum:moderate');
	await openThread(ctx, threadId);
	await requirePost(ctx, threadId, postId);
	const hiding = { hiddenAt: ctx.now, hiddenBy: accountIdOf(ctx.actor), hideReason: reason };
	await ctx.db.transaction(async (tx) => {
		if (postId) {
			await tx.update(posts).set(hiding).where(eq(posts.id, postId));
			await tx
				.update(threads)
				.set({ acceptedPostId: null })
				.where(and(eq(threads.id, threadId), eq(threads.acceptedPostId, postId)));
		} else await tx.update(threads).set(hiding).where(eq(threads.id, threadId));
		const about = postId ? eq(reports.postId, postId) : eq(reports.threadId, threadId);
		await tx
			.update(reports)
			.set({ settledAt: ctx.now, settledBy: hiding.hiddenBy })
			.where(and(about, isNull(reports.settledAt)));
		await recordAudit(ctx, tx, 'thread.hidden', { objectId: threadId, ...(postId && { postId }), reason });
	});
}

/** Leaves what was reported standing. */
export async function dismissReport(ctx: Context, reportId: string): Promise<void> {
	authorise(ctx.actor, 'forum:moderate');
	await ctx.db.transaction(async (tx) => {
		const settled = await tx
			.update(reports)
			.set({ settledAt: ctx.now, settledBy: accountIdOf(ctx.actor) })
			.where(and(eq(reports.id, reportId), isNull(reports.settledAt)))
			.returning({ threadId: reports.threadId });
		if (!settled[0]) throw new DomainError('not_found', 'forum.no_report');
		await recordAudit(ctx, tx, 'thread.report_dismissed', { objectId: settled[0].threadId, reportId });
	});
}

/** Sets or takes the label "Mô hình hay" of a topic. */
export async function markModel(ctx: Context, threadId: string, isModel: boolean): Promise<void> {
	authorise(ctx.actor, 'forum:moderate');
	await openThread(ctx, threadId);
	await ctx.db.transaction(async (tx) => {
		await tx.update(threads).set({ isModel }).where(eq(threads.id, threadId));
		await recordAudit(ctx, tx, 'thread.model_marked', { objectId: threadId, isModel });
	});
}

async function requirePost({ db }: Context, threadId: string, postId: string): Promise<void> {
	if (postId && (await db.$count(posts, and(eq(posts.id, postId), eq(posts.threadId, threadId)))) === 0)
		throw new DomainError('not_found', 'forum.no_thread');
}
