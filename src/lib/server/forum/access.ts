import { eq, sql } from 'drizzle-orm';
import { authorise, can, covers } from '../identity/permissions.ts';
import type { Context } from '../platform/context.ts';
import { DomainError } from '../platform/errors.ts';
import { posts, threads } from './tables.ts';

/** Posts of one account in an hour; a person writes far fewer. */
const PER_HOUR = 30;
const HOUR_MS = 60 * 60 * 1000;

type Thread = typeof threads.$inferSelect;

/** A thread with what the actor may do in it. */
export type OpenThread = Thread & { isExpert: boolean; mayModerate: boolean; lessonTitle: string | null };

/** @throws {DomainError} `unauthenticated` for anybody but an account */
export function writerOf({ actor }: Context): string {
	if (actor.kind !== 'account') throw new DomainError('unauthenticated', 'identity.sign_in_required');
	return actor.accountId;
}

/**
 * A thread the actor may read: every topic of the forum; a lesson's question for those who take a class of that lesson's
 * course, who teach in the course's unit, or who moderate.
 * @throws {DomainError} `not_found` for others, and where a moderator has hidden it
 */
export async function openThread(ctx: Context, threadId: string): Promise<OpenThread> {
	writerOf(ctx);
	const [thread] = await ctx.db.select().from(threads).where(eq(threads.id, threadId));
	const mayModerate = can(ctx.actor, 'forum:moderate');
	const place = thread?.lessonId ? await lessonPlace(ctx, thread.lessonId) : undefined;
	const isExpert =
		can(ctx.actor, 'course:author') && (!place || covers(authorise(ctx.actor, 'course:author'), place.path));
	const isReadable = thread && (!thread.lessonId || isExpert || mayModerate || place?.isTaking);
	if (!isReadable || (thread.hiddenAt && !mayModerate)) throw new DomainError('not_found', 'forum.no_thread');
	return { ...thread, isExpert, mayModerate, lessonTitle: place?.title ?? null };
}

/** @throws {DomainError} `too_many` when the account writes more than people do */
export async function limitWriting(ctx: Context, accountId: string): Promise<void> {
	const since = new Date(ctx.now.getTime() - HOUR_MS);
	const [row] = await ctx.db.execute<{ count: number }>(sql`
		select ((select count(*) from ${posts} where author_id = ${accountId} and posted_at > ${since.toISOString()}::timestamptz)
			+ (select count(*) from ${threads} where author_id = ${accountId} and posted_at > ${since.toISOString()}::timestamptz))::int
			as count`);
	if ((row?.count ?? 0) >= PER_HOUR) throw new DomainError('too_many', 'forum.too_many_posts');
}

async function lessonPlace(ctx: Context, lessonId: string) {
	const personId = ctx.actor.kind === 'account' ? (ctx.actor.personId ?? null) : null;
	const [row] = await ctx.db.execute<{ path: string; title: string; isTaking: boolean }>(sql`
		select u.path::text as path,
			(select lv.title from lesson_version lv where lv.lesson_id = l.id order by lv.id desc limit 1) as title,
			exists (select 1 from participation pt join training_activity a on a.id = pt.activity_id
				join course_version v on v.id = a.course_version_id join person p on p.id = pt.person_id
				where v.course_id = l.course_id and pt.voided_at is null
					and coalesce(p.canonical_id, p.id) = ${personId}::uuid) as "isTaking"
		from lesson l join course c on c.id = l.course_id join unit u on u.id = c.unit_id where l.id = ${lessonId}`);
	return row;
}
