import { sql } from 'drizzle-orm';
import { check, index, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { AttendanceSource } from '#lib/training/attendance.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { activitySessions } from './register-tables.ts';
import { participations } from './tables.ts';

/** How long one person was at one sitting. Whoever has no row is not known to have come or stayed away. */
export const sessionAttendances = pgTable(
	'session_attendance',
	{
		id: id(),
		sessionId: uuid('session_id')
			.notNull()
			.references(() => activitySessions.id),
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id),
		/** Whole minutes within the sitting; 0 = absent. */
		minutes: smallint('minutes').notNull(),
		source: text('source').$type<AttendanceSource>().notNull(),
		/** When it was noted; of two notes about one person the later stands, whichever arrives first. */
		markedAt: instant('marked_at').notNull(),
		/** The check-in ticket that was used up; one ticket checks one person in. */
		ticketId: text('ticket_id'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		uniqueIndex('session_attendance_once').on(table.sessionId, table.participationId),
		uniqueIndex('session_attendance_ticket').on(table.ticketId),
		index('session_attendance_participation').on(table.participationId),
		check('session_attendance_minutes', sql`minutes >= 0`)
	]
);

/** A time during which a sitting takes check-ins by QR code. */
export const checkInWindows = pgTable(
	'check_in_window',
	{
		id: id(),
		sessionId: uuid('session_id')
			.notNull()
			.references(() => activitySessions.id),
		/** First half of the printed code; the second half changes every few seconds. */
		code: text('code').notNull().unique(),
		opensAt: instant('opens_at').notNull(),
		closesAt: instant('closes_at').notNull(),
		openedBy: uuid('opened_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('check_in_window_session').on(table.sessionId),
		check('check_in_window_times', sql`closes_at >= opens_at`)
	]
);
