import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DeliveryMode } from '#lib/training/activity.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { trainingActivities } from './tables.ts';

/**
 * Điểm cầu: a unit's part in an activity that another unit organises. The unit keeps its own list of attendees, and the
 * activity is counted once, for its organiser.
 */
export const bridgeSites = pgTable(
	'bridge_site',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** invited by the organiser, or joined: the unit came by itself, instead of entering the activity a second time. */
		origin: text('origin').$type<'invited' | 'joined'>().notNull(),
		/** How the people at this site take part, as the organiser declares it. */
		mode: text('mode').$type<DeliveryMode>().notNull(),
		/** The hall people sit in, where there is one. */
		place: text('place'),
		/** Thư ký, đầu mối of the site. */
		contact: text('contact'),
		expectedCount: integer('expected_count'),
		/** When the unit sent whom it nominates (danh sách cử tham gia). */
		nominatedAt: instant('nominated_at'),
		/** When the unit sent who attended (danh sách tham dự); empty again once the organiser returns it. */
		sentAt: instant('sent_at'),
		sentBy: uuid('sent_by'),
		/** Why the organiser returned the list. */
		returnReason: text('return_reason'),
		remindedAt: instant('reminded_at'),
		reminderCount: integer('reminder_count').notNull().default(0),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at'),
		voidReason: text('void_reason')
	},
	(table) => [
		uniqueIndex('bridge_site_once')
			.on(table.activityId, table.unitId)
			.where(sql`voided_at is null`),
		index('bridge_site_unit').on(table.unitId)
	]
);
