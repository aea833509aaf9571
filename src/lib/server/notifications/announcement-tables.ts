import { bigint, boolean, date, index, integer, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core';
import type { Audience } from '#lib/notifications/audience.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, jsonb } from '../platform/columns.ts';

/** A document or a piece of news that a unit sent to a group of people; who opened it stands in their notifications. */
export const announcements = pgTable(
	'announcement',
	{
		id: id(),
		/** In whose name. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		title: text('title').notNull(),
		body: text('body').notNull(),
		documentNo: text('document_no'),
		documentDate: date('document_date'),
		audience: jsonb('audience').$type<Audience>().notNull(),
		/** Recipients are asked to press "Xác nhận đã nhận" beside opening it. */
		needsConfirmation: boolean('needs_confirmation').notNull(),
		recipientCount: integer('recipient_count').notNull(),
		sentBy: uuid('sent_by'),
		sentAt: instant('sent_at').notNull(),
		withdrawnAt: instant('withdrawn_at'),
		withdrawReason: text('withdraw_reason')
	},
	(table) => [index('announcement_unit').on(table.unitId, table.sentAt)]
);

/** A file that goes with an announcement. */
export const announcementFiles = pgTable(
	'announcement_file',
	{
		id: id(),
		announcementId: uuid('announcement_id')
			.notNull()
			.references(() => announcements.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		name: text('name').notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		sha256: text('sha256').notNull(),
		storageKey: text('storage_key').notNull()
	},
	(table) => [index('announcement_file_of').on(table.announcementId)]
);
