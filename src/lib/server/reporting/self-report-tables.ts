import { boolean, date, index, integer, pgTable, smallint, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { DisseminationForm, SelfReportState } from '#lib/reporting/self-report.ts';
import { people, units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';

/** A rapporteur's or propagandist's report on a year's own activity to the body that manages them (Luật PBGDPL Đ.36, 37). */
export const selfReports = pgTable(
	'self_report',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		year: smallint('year').notNull(),
		/** The unit it was last sent to; before that the person's unit when it was begun. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		state: text('state').$type<SelfReportState>().notNull().default('draft'),
		difficulties: text('difficulties'),
		proposals: text('proposals'),
		/** Why the unit sent it back. */
		returnReason: text('return_reason'),
		sentAt: instant('sent_at'),
		decidedBy: uuid('decided_by'),
		decidedAt: instant('decided_at'),
		/** Optimistic lock of the words. */
		version: integer('version').notNull().default(1),
		recordedAt: recordedAt()
	},
	(table) => [unique('self_report_year').on(table.personId, table.year), index('self_report_unit').on(table.unitId)]
);

/** One activity in such a report. */
export const selfReportLines = pgTable(
	'self_report_line',
	{
		id: id(),
		reportId: uuid('report_id')
			.notNull()
			.references(() => selfReports.id, { onDelete: 'cascade' }),
		heldOn: date('held_on').notNull(),
		form: text('form').$type<DisseminationForm>().notNull(),
		content: text('content').notNull(),
		place: text('place'),
		audience: text('audience'),
		/** People reached, as the person counts them. */
		people: integer('people').notNull(),
		isOnline: boolean('is_online').notNull(),
		link: text('link'),
		recordedAt: recordedAt()
	},
	(table) => [index('self_report_line_report').on(table.reportId)]
);
