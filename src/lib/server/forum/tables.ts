import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { lessons } from '../catalogue/tables.ts';
import { accounts } from '../identity/tables.ts';
import { id, instant } from '../platform/columns.ts';

/** Taken out of sight by a moderator; the text stays for those who must look into it. */
const hiding = { hiddenAt: instant('hidden_at'), hiddenBy: uuid('hidden_by'), hideReason: text('hide_reason') };

/** A question under a lesson, or a topic of a board of the forum. */
export const threads = pgTable(
	'thread',
	{
		id: id(),
		lessonId: uuid('lesson_id').references(() => lessons.id, { onDelete: 'cascade' }),
		/** Code of a legal field, or `general`. */
		board: text('board'),
		title: text('title').notNull(),
		body: text('body').notNull(),
		/** Title and text folded (no marks, lower case), for search. */
		searchText: text('search_text').notNull(),
		authorId: uuid('author_id')
			.notNull()
			.references(() => accounts.id),
		postedAt: instant('posted_at').notNull(),
		lastAt: instant('last_at').notNull(),
		postCount: integer('post_count').notNull().default(0),
		/** "Mô hình hay": what a moderator holds up to others. */
		isModel: boolean('is_model').notNull().default(false),
		/** The answer that the asker or an expert accepted. */
		acceptedPostId: uuid('accepted_post_id'),
		...hiding
	},
	(table) => [
		check('thread_place', sql`num_nonnulls(lesson_id, board) = 1`),
		index('thread_lesson').on(table.lessonId, table.lastAt),
		index('thread_board').on(table.board, table.lastAt),
		index('thread_search').using('gin', sql`${table.searchText} gin_trgm_ops`)
	]
);

/** One reply. */
export const posts = pgTable(
	'post',
	{
		id: id(),
		threadId: uuid('thread_id')
			.notNull()
			.references(() => threads.id, { onDelete: 'cascade' }),
		body: text('body').notNull(),
		searchText: text('search_text').notNull(),
		authorId: uuid('author_id')
			.notNull()
			.references(() => accounts.id),
		/** Written by somebody who teaches in the course's unit. */
		isExpert: boolean('is_expert').notNull(),
		postedAt: instant('posted_at').notNull(),
		...hiding
	},
	(table) => [
		index('post_thread').on(table.threadId, table.postedAt),
		index('post_author').on(table.authorId, table.postedAt),
		index('post_search').using('gin', sql`${table.searchText} gin_trgm_ops`)
	]
);

/** Somebody thinks that a thread (without a post) or a post should not stand. */
export const reports = pgTable(
	'post_report',
	{
		id: id(),
		threadId: uuid('thread_id')
			.notNull()
			.references(() => threads.id, { onDelete: 'cascade' }),
		postId: uuid('post_id').references(() => posts.id, { onDelete: 'cascade' }),
		reporterId: uuid('reporter_id')
			.notNull()
			.references(() => accounts.id),
		reason: text('reason').notNull(),
		reportedAt: instant('reported_at').notNull(),
		settledAt: instant('settled_at'),
		settledBy: uuid('settled_by')
	},
	(table) => [
		uniqueIndex('post_report_once')
			.on(table.threadId, sql`coalesce(${table.postId}, ${table.threadId})`, table.reporterId)
			.where(sql`settled_at is null`)
	]
);
