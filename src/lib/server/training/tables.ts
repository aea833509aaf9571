import { sql } from 'drizzle-orm';
import {
	type AnyPgColumn,
	bigint,
	check,
	date,
	index,
	integer,
	numeric,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { ActivityKind, ActivityStatus, DeliveryMode, EvidenceKind, Outcome } from '#lib/training/activity.ts';
import { courseVersions } from '../catalogue/tables.ts';
import { categories, people, units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { bridgeSites } from './site-tables.ts';

/** A dated class (lớp, đợt, hội nghị): the unit of count of the online target. */
export const trainingActivities = pgTable(
	'training_activity',
	{
		id: id(),
		/** own = held by a unit of the province; external = elsewhere (Bộ, Học viện), never in the online share. */
		source: text('source').$type<'own' | 'external'>().notNull().default('own'),
		kind: text('kind').$type<ActivityKind>().notNull(),
		title: text('title').notNull(),
		organiserUnitId: uuid('organiser_unit_id')
			.notNull()
			.references(() => units.id),
		mode: text('mode').$type<DeliveryMode>().notNull(),
		/** The published version an online class is held on. */
		courseVersionId: uuid('course_version_id').references(() => courseVersions.id),
		topics: text('topics')
			.array()
			.notNull()
			.default(sql`'{digital_skills}'`),
		/** Category codes; empty = all target staff. */
		audience: text('audience')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Codes of legal_field. */
		legalFields: text('legal_fields')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** The body that held an external one (Bộ Tư pháp, Học viện Tư pháp). */
		externalHost: text('external_host'),
		documentNo: text('document_no'),
		documentDate: date('document_date'),
		/** Who approved it, where there is no document. */
		approver: text('approver'),
		place: text('place'),
		meetingUrl: text('meeting_url'),
		lecturers: text('lecturers'),
		startsOn: date('starts_on').notNull(),
		/** Last planned day. */
		dueOn: date('due_on').notNull(),
		teachingPeriods: numeric('teaching_periods', { precision: 5, scale: 1, mode: 'number' }).notNull(),
		status: text('status').$type<ActivityStatus>().notNull(),
		/** The day it ended; from then on it counts for the online share. Set with status ended, never before. */
		endedOn: date('ended_on'),
		cancelReason: text('cancel_reason'),
		/** The activity of another organiser that this one turned out to be a part of; its people went there. */
		mergedIntoId: uuid('merged_into_id').references((): AnyPgColumn => trainingActivities.id),
		/** Đồng Việt Nam */
		stateBudgetVnd: bigint('state_budget_vnd', { mode: 'number' }),
		otherFundsVnd: bigint('other_funds_vnd', { mode: 'number' }),
		version: integer('version').notNull().default(1),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		index('training_activity_organiser').on(table.organiserUnitId),
		index('training_activity_ended').on(table.endedOn),
		index('training_activity_starts').on(table.startsOn),
		index('training_activity_course').on(table.courseVersionId),
		check('training_activity_dates', sql`due_on >= starts_on`),
		check('training_activity_ended', sql`(status in ('ended', 'reported', 'locked')) = (ended_on is not null)`)
	]
);

/**
 * "This person took part in this activity", whatever the mode: one row, one date per stage. Figures, certificates and
 * transcripts read it and nothing else. `completed_on` is the day it happened, `completed_recorded_at` when it was entered.
 */
export const participations = pgTable(
	'participation',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		/** The unit the person belonged to then; lượt người stay with it after a transfer. */
		unitIdThen: uuid('unit_id_then')
			.notNull()
			.references(() => units.id),
		/** How this person took part, where it differs from the activity's mode. */
		mode: text('mode').$type<DeliveryMode>(),
		summonedOn: date('summoned_on'),
		registeredOn: date('registered_on'),
		attendedOn: date('attended_on'),
		completedOn: date('completed_on'),
		completedRecordedAt: instant('completed_recorded_at'),
		outcome: text('outcome').$type<Outcome>(),
		/** attendance: the completion follows from the sittings attended, and goes when they are corrected. */
		completionBasis: text('completion_basis').$type<'attendance'>(),
		/** The list of a bridge site that names this person; empty for the organiser's own. */
		bridgeSiteId: uuid('bridge_site_id').references((): AnyPgColumn => bridgeSites.id),
		/** Walk-in: came without being summoned. */
		note: text('note'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at'),
		voidReason: text('void_reason')
	},
	(table) => [
		uniqueIndex('participation_once')
			.on(table.personId, table.activityId)
			.where(sql`voided_at is null`),
		index('participation_activity').on(table.activityId),
		index('participation_person').on(table.personId),
		index('participation_site')
			.on(table.bridgeSiteId)
			.where(sql`bridge_site_id is not null`),
		// The completion rate of a unit, and of a province of a million participations, from the index alone.
		index('participation_unit')
			.on(table.unitIdThen, table.summonedOn, table.completedOn)
			.where(sql`voided_at is null and summoned_on is not null`),
		// "At least one attendee" of each activity, and lượt người dự.
		index('participation_attended')
			.on(table.activityId)
			.where(sql`voided_at is null and (attended_on is not null or completed_on is not null)`),
		index('participation_completed')
			.on(table.completedOn)
			.where(sql`completed_on is not null and voided_at is null`),
		check('participation_completed', sql`(completed_on is null) = (completed_recorded_at is null)`)
	]
);

/** Files that prove an activity (quyết định, danh sách ký, ảnh). */
export const evidenceFiles = pgTable(
	'evidence_file',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		/** The bridge site it came from. */
		bridgeSiteId: uuid('bridge_site_id').references(() => bridgeSites.id),
		kind: text('kind').$type<EvidenceKind>().notNull(),
		name: text('name').notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
		sha256: text('sha256').notNull(),
		storageKey: text('storage_key').notNull(),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at')
	},
	(table) => [index('evidence_file_activity').on(table.activityId)]
);

/**
 * Result in numbers of a unit that may not hand over names ("số liệu tổng hợp"): people of one category who completed in
 * one activity (or over the stage), under a document. Counts for the trained share, at most up to that unit's roster.
 */
export const aggregateResults = pgTable(
	'aggregate_result',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		activityId: uuid('activity_id').references(() => trainingActivities.id),
		categoryCode: text('category_code')
			.notNull()
			.references(() => categories.code),
		/** Distinct people of the category trained for the first time in the stage. */
		trainedCount: integer('trained_count').notNull(),
		completedOn: date('completed_on').notNull(),
		documentNo: text('document_no').notNull(),
		documentDate: date('document_date').notNull(),
		evidenceKey: text('evidence_key'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at')
	},
	(table) => [index('aggregate_result_unit').on(table.unitId), check('aggregate_result_count', sql`trained_count >= 0`)]
);

/** Which activities count, and how (Kế hoạch's rules as the province reads them); a new row per change, the newest one holds. Printed under every table. */
export const countingRules = pgTable('counting_rule', {
	id: id(),
	/** strict: hybrid never online. majority_online: online where most attendees joined online. all_hybrid: always online. */
	hybridRule: text('hybrid_rule').$type<'strict' | 'majority_online' | 'all_hybrid'>().notNull(),
	/** Guiding document that allows a rule other than strict. */
	guidingDocument: text('guiding_document'),
	/** Activity kinds that count. */
	countedKinds: text('counted_kinds').array().notNull(),
	/** Topic codes that count. */
	countedTopics: text('counted_topics').array().notNull(),
	/** Share of scheduled time that makes attendance a completion, percent. */
	attendancePercent: smallint('attendance_percent').notNull(),
	/** Fewer activities than this: n/N only, no colour, no rank. */
	smallUnitActivities: smallint('small_unit_activities').notNull(),
	recordedBy: uuid('recorded_by'),
	recordedAt: recordedAt()
});

/**
 * Derived: the first qualifying completion of each canonical person in each calendar year, so that the trained share of
 * 100,000 people needs no walk over a million participations. Written in the transaction of the change that moves it
 * (lib/server/training/first-completion.ts); a test recomputes it.
 */
export const firstCompletions = pgTable(
	'first_completion',
	{
		/** Canonical person. */
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		year: smallint('year').notNull(),
		completedOn: date('completed_on').notNull(),
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id)
	},
	(table) => [primaryKey({ columns: [table.personId, table.year] })]
);
