import { sql } from 'drizzle-orm';
import { boolean, check, date, integer, pgTable, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { PeriodKind } from '#lib/reporting/input.ts';
import type { ManualEntries } from '#lib/reporting/report-content.ts';
import type { ReminderKind } from '#lib/reporting/reminder-rules.ts';
import type { ReportState } from '#lib/reporting/workflow.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';

/** Kỳ báo cáo: the days a round of reports is about; all of them are data of the province. */
export const reportingPeriods = pgTable(
	'reporting_period',
	{
		id: id(),
		kind: text('kind').$type<PeriodKind>().notNull(),
		/** `Năm 2026` */
		name: text('name').notNull(),
		fromOn: date('from_on').notNull(),
		toOn: date('to_on').notNull(),
		/** Ngày chốt số liệu */
		cutOff: date('cut_off').notNull(),
		/** Hạn đơn vị gửi báo cáo */
		dueOn: date('due_on').notNull(),
		/** Optimistic lock: an edit must name the version it saw. */
		version: integer('version').notNull().default(1),
		/** Chốt: nothing of the period changes until it is opened again, with a reason that the next version carries. */
		lockedAt: instant('locked_at'),
		lockedBy: uuid('locked_by'),
		reopenReason: text('reopen_reason'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at'),
		voidReason: text('void_reason')
	},
	(table) => [
		check('reporting_period_days', sql`from_on <= to_on and cut_off >= from_on`),
		uniqueIndex('reporting_period_name')
			.on(table.name)
			.where(sql`voided_at is null`)
	]
);

/** One unit's report of one period, of the province's own unit the consolidated one; made when somebody first writes in it. */
export const unitReports = pgTable(
	'unit_report',
	{
		id: id(),
		periodId: uuid('period_id')
			.notNull()
			.references(() => reportingPeriods.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** What people typed, marked with its sources; figures from data are never kept here. */
		entries: jsonb('entries').$type<ManualEntries>().notNull().default({}),
		state: text('state').$type<ReportState>().notNull().default('draft'),
		/** The version of {@link reportSnapshots} that was submitted last; of the province, that was locked last. */
		frozenVersion: integer('frozen_version'),
		/** When the report came to the Sở Tư pháp: with the head's approval, or signed on paper. */
		sentAt: instant('sent_at'),
		approvedBy: uuid('approved_by'),
		/** The PDF with signature and stamp, its số and ngày. */
		signedKey: text('signed_key'),
		signedName: text('signed_name'),
		signedSha256: text('signed_sha256'),
		signedNo: text('signed_no'),
		signedOn: date('signed_on'),
		/** What is to be put right. */
		returnReason: text('return_reason'),
		remindedAt: instant('reminded_at'),
		reminderCount: integer('reminder_count').notNull().default(0),
		/** Optimistic lock: an edit must name the version it saw. */
		version: integer('version').notNull().default(1),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [uniqueIndex('unit_report_once').on(table.periodId, table.unitId)]
);

/** A rule about reminders that somebody changed; the others are as delivered (lib/reporting/reminder-rules.ts). */
export const reminderRules = pgTable('reminder_rule', {
	kind: text('kind').$type<ReminderKind>().primaryKey(),
	days: smallint('days').array().notNull(),
	isOn: boolean('is_on').notNull()
});

/** A Word template of the province's own; the newest that was not taken back is in use. */
export const reportTemplates = pgTable('report_template', {
	id: id(),
	name: text('name').notNull(),
	storageKey: text('storage_key').notNull(),
	sha256: text('sha256').notNull(),
	recordedBy: uuid('recorded_by'),
	recordedAt: instant('recorded_at').notNull(),
	voidedAt: instant('voided_at')
});

/**
 * A report as it was at one moment. Never changed or deleted (a trigger refuses it): corrections make the next version.
 * `content` is a ReportContent, `inputs` a SnapshotInputs, both as the JSON text that was hashed.
 */
export const reportSnapshots = pgTable(
	'report_snapshot',
	{
		id: id(),
		periodId: uuid('period_id')
			.notNull()
			.references(() => reportingPeriods.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		version: integer('version').notNull(),
		content: text('content').notNull(),
		inputs: text('inputs').notNull(),
		/** SHA-256 in hex over content, a line break and inputs. */
		sha256: text('sha256').notNull(),
		/** Why there is another version, where a locked period was opened again. */
		reason: text('reason'),
		frozenAt: instant('frozen_at').notNull(),
		frozenBy: uuid('frozen_by')
	},
	(table) => [uniqueIndex('report_snapshot_version').on(table.periodId, table.unitId, table.version)]
);
