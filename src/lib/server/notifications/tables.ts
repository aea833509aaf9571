import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';

import type { MailChoice, ChoosableGroup } from '#lib/notifications/choices.ts';
import { accounts } from '../identity/tables.ts';
import { people } from '../organisation/tables.ts';
import { id, instant, jsonb } from '../platform/columns.ts';
import { announcements } from './announcement-tables.ts';

/**
 * One message to one recipient, as the inbox shows it. To a person of the roster wherever there is one, also before that
 * person has an account; to an account only where nobody of the roster stands behind it. Texts are made when it is shown.
 */
export const notifications = pgTable(
	'notification',
	{
		id: id(),
		personId: uuid('person_id').references(() => people.id, { onDelete: 'cascade' }),
		accountId: uuid('account_id').references(() => accounts.id, { onDelete: 'cascade' }),
		/** Key of lib/notifications/templates.ts. */
		template: text('template').notNull(),
		params: jsonb('params').$type<Record<string, string | number>>().notNull(),
		/** Path of this site that the message leads to; ids only, nothing personal. */
		path: text('path'),
		/** The occasion; nobody is told of the same one twice. */
		key: text('key').notNull(),
		/** The announcement it brings; a reminder names it too. */
		announcementId: uuid('announcement_id').references(() => announcements.id, { onDelete: 'cascade' }),
		sentAt: instant('sent_at').notNull(),
		readAt: instant('read_at'),
		/** "Xác nhận đã nhận" of an announcement that asks for it. */
		confirmedAt: instant('confirmed_at')
	},
	(table) => [
		check('notification_recipient', sql`num_nonnulls(person_id, account_id) = 1`),
		uniqueIndex('notification_person_once')
			.on(table.personId, table.key)
			.where(sql`person_id is not null`),
		uniqueIndex('notification_account_once')
			.on(table.accountId, table.key)
			.where(sql`account_id is not null`),
		index('notification_person_inbox').on(table.personId, table.sentAt),
		index('notification_account_inbox').on(table.accountId, table.sentAt),
		index('notification_unread')
			.on(table.personId, table.accountId)
			.where(sql`read_at is null`),
		index('notification_announcement')
			.on(table.announcementId)
			.where(sql`announcement_id is not null`)
	]
);

/** How an account wants to be told of messages of a group; without a row the defaults of lib/notifications/choices.ts hold. */
export const noticeChoices = pgTable(
	'notice_choice',
	{
		accountId: uuid('account_id')
			.notNull()
			.references(() => accounts.id, { onDelete: 'cascade' }),
		group: text('group').$type<ChoosableGroup>().notNull(),
		mail: text('mail').$type<MailChoice>().notNull(),
		phone: boolean('phone').notNull()
	},
	(table) => [primaryKey({ columns: [table.accountId, table.group] })]
);

/** Vietnamese words of a kind of message that an admin put in the place of the delivered ones. */
export const noticeTexts = pgTable('notice_text', {
	template: text('template').primaryKey(),
	title: text('title').notNull(),
	body: text('body').notNull(),
	action: text('action'),
	/** Optimistic lock: an edit must name the version it saw. */
	version: integer('version').notNull().default(1),
	recordedBy: uuid('recorded_by'),
	recordedAt: instant('recorded_at').notNull()
});

/**
 * One message on its way to a mailbox or a telephone: the queue and, afterwards, the log. Holds no address; it is looked
 * up when the message leaves.
 */
export const deliveries = pgTable(
	'delivery',
	{
		id: id(),
		notificationId: uuid('notification_id')
			.notNull()
			.references(() => notifications.id, { onDelete: 'cascade' }),
		channel: text('channel').$type<'mail' | 'phone'>().notNull(),
		/** Goes out with others in one mail a day. */
		isDigest: boolean('is_digest').notNull().default(false),
		/** dropped: no longer needed or possible when its turn came (read meanwhile, no address left). */
		state: text('state').$type<'waiting' | 'sent' | 'failed' | 'dropped'>().notNull().default('waiting'),
		attempts: smallint('attempts').notNull().default(0),
		/** Not before this time; while it is being sent, when another worker may take it for lost. */
		dueAt: instant('due_at').notNull(),
		/** `SMTP 550 5.1.1`, `HTTP 404`, `ECONNREFUSED`: never the carrier's own words, which repeat the address. */
		failure: text('failure'),
		queuedAt: instant('queued_at').notNull(),
		finishedAt: instant('finished_at')
	},
	(table) => [
		uniqueIndex('delivery_once').on(table.notificationId, table.channel),
		index('delivery_due')
			.on(table.dueAt)
			.where(sql`state = 'waiting'`),
		index('delivery_queued').on(table.queuedAt)
	]
);
