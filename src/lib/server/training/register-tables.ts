import { sql } from 'drizzle-orm';
import {
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
import type { ActivityKind, DeliveryMode } from '#lib/training/activity.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { trainingActivities } from './tables.ts';

/**
 * Chuyên đề, as a province lists them. Data: a topic is retired, never deleted. An activity names codes of this table;
 * which of them count is said by counting_rule.
 */
export const trainingTopics = pgTable('training_topic', {
	code: text('code').primaryKey(),
	nameVi: text('name_vi').notNull(),
	nameEn: text('name_en').notNull(),
	position: smallint('position').notNull(),
	/** No longer offered from this day on. */
	retiredOn: date('retired_on')
});

/** Đơn vị phối hợp, in the order the document names them: units of the province, or other bodies by name alone. */
export const activityCoOrganisers = pgTable(
	'activity_co_organiser',
	{
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		position: smallint('position').notNull(),
		name: text('name').notNull(),
		/** The unit that the name stands for, where there is exactly one. */
		unitId: uuid('unit_id').references(() => units.id)
	},
	(table) => [
		primaryKey({ columns: [table.activityId, table.position] }),
		index('activity_co_organiser_unit').on(table.unitId)
	]
);

/** Phiên học: one sitting of an activity. Its length is what attendance is measured against. */
export const activitySessions = pgTable(
	'activity_session',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id),
		/** Content of the sitting; may be empty. */
		title: text('title'),
		startsAt: instant('starts_at').notNull(),
		endsAt: instant('ends_at').notNull(),
		teachingPeriods: numeric('teaching_periods', { precision: 4, scale: 1, mode: 'number' }).notNull(),
		/** Where it differs from the activity's. */
		place: text('place'),
		meetingUrl: text('meeting_url'),
		lecturers: text('lecturers'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		/** Called off: counts neither as scheduled time nor as attended. */
		voidedAt: instant('voided_at')
	},
	(table) => [
		index('activity_session_activity').on(table.activityId),
		check('activity_session_times', sql`ends_at > starts_at`)
	]
);

/** Kế hoạch tập huấn of a unit for a calendar year. */
export const yearlyPlans = pgTable(
	'yearly_plan',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		year: smallint('year').notNull(),
		documentNo: text('document_no'),
		documentDate: date('document_date'),
		version: integer('version').notNull().default(1),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [uniqueIndex('yearly_plan_once').on(table.unitId, table.year)]
);

/** One line of a yearly plan: activities of one kind that are to be held within some weeks of the year. */
export const plannedActivities = pgTable(
	'planned_activity',
	{
		id: id(),
		planId: uuid('plan_id')
			.notNull()
			.references(() => yearlyPlans.id),
		title: text('title').notNull(),
		kind: text('kind').$type<ActivityKind>().notNull(),
		mode: text('mode').$type<DeliveryMode>().notNull(),
		topics: text('topics')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** The first and the last day within which it is to be held. */
		plannedFrom: date('planned_from').notNull(),
		plannedTo: date('planned_to').notNull(),
		/** How many classes the line stands for ("02 lớp"). */
		classCount: smallint('class_count').notNull().default(1),
		/** People to be trained in all its classes together. */
		plannedAttendees: integer('planned_attendees'),
		teachingPeriods: numeric('teaching_periods', { precision: 5, scale: 1, mode: 'number' }),
		/** Đồng Việt Nam, for all its classes together. */
		stateBudgetVnd: bigint('state_budget_vnd', { mode: 'number' }),
		otherFundsVnd: bigint('other_funds_vnd', { mode: 'number' }),
		note: text('note'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		voidedAt: instant('voided_at'),
		voidReason: text('void_reason')
	},
	(table) => [
		index('planned_activity_plan').on(table.planId),
		check('planned_activity_dates', sql`planned_to >= planned_from`),
		check('planned_activity_classes', sql`class_count >= 1`)
	]
);

/** Which line of a plan an activity carries out; at most one. */
export const planFulfilments = pgTable(
	'plan_fulfilment',
	{
		activityId: uuid('activity_id')
			.primaryKey()
			.references(() => trainingActivities.id),
		plannedActivityId: uuid('planned_activity_id')
			.notNull()
			.references(() => plannedActivities.id),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('plan_fulfilment_line').on(table.plannedActivityId)]
);
