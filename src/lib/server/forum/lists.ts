import { and, count, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { GENERAL_BOARD } from '#lib/forum/input.ts';
import { likeContains } from '#lib/text/fold.ts';
import { authorise } from '../identity/permissions.ts';
import { getLessonForLearner } from '../learning/lesson.ts';
import { listLegalFields } from '../organisation/reference-data.ts';
import { inScope } from '../organisation/scope.ts';
import { type Context, today } from '../platform/context.ts';
import { writerOf } from './access.ts';
import { posts, reports, threads } from './tables.ts';

const PER_PAGE = 30;

/** Name of whoever wrote a row, as the roster has it today. */
export const authorName = (column: SQL) => sql<string>`(select coalesce(p.full_name, a.display_name) from account a
	left join person p on p.id = a.person_id where a.id = ${column})`;

const columns = {
	id: threads.id,
	board: threads.board,
	title: threads.title,
	author: authorName(sql`${threads.authorId}`),
	postedAt: threads.postedAt,
	lastAt: threads.lastAt,
	postCount: threads.postCount,
	isModel: threads.isModel,
	isAnswered: sql<boolean>`${threads.acceptedPostId} is not null`
};

/** What the forum is narrowed to. */
export type ForumFilter = Readonly<{ board?: string; text?: string; onlyModels: boolean; page: number }>;

/** Topics of the forum, the ones with the newest replies first; search looks into replies too, with or without marks. */
export async function listTopics(ctx: Context, { board, text, onlyModels, page }: ForumFilter) {
	writerOf(ctx);
	const pattern = text ? likeContains(text) : undefined;
	const where = and(
		isNull(threads.lessonId),
		isNull(threads.hiddenAt),
		board ? eq(threads.board, board) : undefined,
		onlyModels ? eq(threads.isModel, true) : undefined,
		pattern
			? sql`(${threads.searchText} like ${pattern} or exists (select 1 from ${posts} where ${posts.threadId} = ${threads.id}
				and ${posts.hiddenAt} is null and ${posts.searchText} like ${pattern}))`
			: undefined
	);
	const [rows, [total], boards] = await Promise.all([
		ctx.db
			.select(columns)
			.from(threads)
			.where(where)
			.orderBy(desc(threads.lastAt), threads.id)
			.limit(PER_PAGE)
			.offset((page - 1) * PER_PAGE),
		ctx.db.select({ count: count() }).from(threads).where(where),
		listBoards(ctx)
	]);
	return { rows, total: total?.count ?? 0, pageCount: Math.ceil((total?.count ?? 0) / PER_PAGE), boards };
}

/** One board per legal field, with how many topics each has, and the general one. */
export async function listBoards(ctx: Context) {
	writerOf(ctx);
	const [fields, counts] = await Promise.all([
		listLegalFields(ctx.db, today(ctx)),
		ctx.db
			.select({ board: threads.board, count: count() })
			.from(threads)
			.where(and(isNull(threads.lessonId), isNull(threads.hiddenAt)))
			.groupBy(threads.board)
	]);
	const countOf = (code: string) => counts.find(({ board }) => board === code)?.count ?? 0;
	return [
		{ code: GENERAL_BOARD, nameVi: 'Trao đổi chung', nameEn: 'General', count: countOf(GENERAL_BOARD) },
		...fields.map(({ code, nameVi, nameEn }) => ({ code, nameVi, nameEn, count: countOf(code) }))
	];
}

/** Questions under a lesson of an own class. @throws {DomainError} as the lesson's own page */
export async function listLessonQuestions(ctx: Context, participationId: string, lessonId: string) {
	const { view } = await getLessonForLearner(ctx, participationId, lessonId);
	const rows = await ctx.db
		.select(columns)
		.from(threads)
		.where(and(eq(threads.lessonId, lessonId), isNull(threads.hiddenAt)))
		.orderBy(desc(threads.lastAt))
		.limit(100);
	return { lesson: { title: view.title, classTitle: view.classTitle }, rows };
}

/** Questions about lessons of the actor's units that no accepted answer closes, the oldest first. */
export async function listOpenQuestions(ctx: Context) {
	const scope = authorise(ctx.actor, 'course:author');
	const rows = await ctx.db.execute<{
		id: string;
		title: string;
		author: string;
		postedAt: Date;
		postCount: number;
		lessonTitle: string;
	}>(sql`
		select thread.id, thread.title, ${authorName(sql`thread.author_id`)} as author, thread.posted_at as "postedAt",
			thread.post_count as "postCount",
			(select lv.title from lesson_version lv where lv.lesson_id = l.id order by lv.id desc limit 1) as "lessonTitle"
		from thread join lesson l on l.id = thread.lesson_id join course c on c.id = l.course_id join unit u on u.id = c.unit_id
		where thread.accepted_post_id is null and thread.hidden_at is null and ${inScope(sql`u.path`, scope)}
		order by thread.posted_at limit 100`);
	return { rows: rows.map((row) => ({ ...row, postedAt: new Date(row.postedAt) })) };
}

/** Reports that wait for a moderator. */
export async function listReports(ctx: Context) {
	authorise(ctx.actor, 'forum:moderate');
	const rows = await ctx.db
		.select({
			id: reports.id,
			threadId: reports.threadId,
			title: threads.title,
			text: sql<string>`coalesce(${posts.body}, ${threads.body})`,
			reason: reports.reason,
			reporter: authorName(sql`${reports.reporterId}`),
			reportedAt: reports.reportedAt
		})
		.from(reports)
		.innerJoin(threads, eq(threads.id, reports.threadId))
		.leftJoin(posts, eq(posts.id, reports.postId))
		.where(isNull(reports.settledAt))
		.orderBy(reports.reportedAt)
		.limit(100);
	return { rows };
}
