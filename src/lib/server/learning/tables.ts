import { sql } from 'drizzle-orm';
import {
	boolean,
	index,
	integer,
	pgTable,
	primaryKey,
	real,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { PaperVariant } from '#lib/assessment/paper-variant.ts';
import { papers, sittings } from '../assessment/paper-tables.ts';
import { lessons } from '../catalogue/tables.ts';
import { people } from '../organisation/tables.ts';
import { id, instant, int4multirange, jsonb } from '../platform/columns.ts';
import { participations, trainingActivities } from '../training/tables.ts';

/** How far one participation is in one lesson. Completed once, never taken back. */
export const lessonProgress = pgTable(
	'lesson_progress',
	{
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id, { onDelete: 'cascade' }),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		startedAt: instant('started_at').notNull(),
		completedAt: instant('completed_at'),
		savedAt: instant('saved_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.participationId, table.lessonId] })]
);

/** Which seconds of a lecture one participation has watched. Position is kept apart: it proves nothing. */
export const watchCoverage = pgTable(
	'watch_coverage',
	{
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id, { onDelete: 'cascade' }),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		lectureRevision: integer('lecture_revision').notNull(),
		/** Distinct whole seconds played, as half-open ranges from the start of the lecture. Only grows. */
		watched: int4multirange('watched').notNull(),
		/** Server time of the last credited range; bounds what the next one may claim. */
		creditedAt: instant('credited_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.participationId, table.lessonId, table.lectureRevision] })]
);

/** The one live playback of a person and lesson. A newer device replaces it; the older one is told at its next beat. */
export const playbacks = pgTable(
	'playback',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		/** The participation whose page was opened; what is watched is credited to it. */
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id, { onDelete: 'cascade' }),
		lectureRevision: integer('lecture_revision').notNull(),
		/** Highest heartbeat number taken; a repeated or older one is refused. */
		sequence: integer('sequence').notNull().default(0),
		startedAt: instant('started_at').notNull(),
		/** Server time up to which playing was paid out; later claims are bounded by the time since. */
		anchorAt: instant('anchor_at').notNull(),
		/** Whole seconds of the revision and the lesson's rules, copied at the start so that a beat reads one row. */
		totalS: integer('total_s').notNull(),
		coverageThreshold: smallint('coverage_threshold').notNull(),
		preventsSkipping: boolean('prevents_skipping').notNull().default(false),
		userAgent: text('user_agent'),
		endedAt: instant('ended_at')
	},
	(table) => [
		index('playback_participation').on(table.participationId),
		uniqueIndex('playback_live')
			.on(table.personId, table.lessonId)
			.where(sql`ended_at is null`)
	]
);

/**
 * A lesson given out to be watched without a network. What the device sends on its return is bounded by the time since
 * `issuedAt`. One live pack of a person and lesson; a newer one ends the older.
 */
export const offlinePacks = pgTable(
	'offline_pack',
	{
		id: id(),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id, { onDelete: 'cascade' }),
		lectureRevision: integer('lecture_revision').notNull(),
		/** Whole seconds of the revision and the lesson's rules at the time, as a playback has them. */
		totalS: integer('total_s').notNull(),
		coverageThreshold: smallint('coverage_threshold').notNull(),
		preventsSkipping: boolean('prevents_skipping').notNull(),
		/** Seconds of the lesson watched before: what came since, by any way, is charged against the time since. */
		watchedBeforeS: integer('watched_before_s').notNull(),
		issuedAt: instant('issued_at').notNull(),
		endedAt: instant('ended_at')
	},
	(table) => [
		index('offline_pack_participation').on(table.participationId),
		uniqueIndex('offline_pack_live')
			.on(table.personId, table.lessonId)
			.where(sql`ended_at is null`)
	]
);

/** Where a person stopped in a lesson, across classes and devices. */
export const resumePositions = pgTable(
	'resume_position',
	{
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		positionS: real('position_s').notNull(),
		savedAt: instant('saved_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.personId, table.lessonId] })]
);

/** Which sitting a quiz lesson of a participation is: the paper itself knows of neither. */
export const lessonQuizzes = pgTable(
	'lesson_quiz',
	{
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id, { onDelete: 'cascade' }),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		sittingId: uuid('sitting_id')
			.notNull()
			.unique()
			.references(() => sittings.id)
	},
	(table) => [primaryKey({ columns: [table.participationId, table.lessonId] })]
);

/** A quiz of a class as it was laid out for paper: the same questions under several mã đề. Never changed. */
export const printedPapers = pgTable(
	'printed_paper',
	{
		id: id(),
		activityId: uuid('activity_id')
			.notNull()
			.references(() => trainingActivities.id, { onDelete: 'cascade' }),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		paperId: uuid('paper_id')
			.notNull()
			.references(() => papers.id),
		/** What stands on the sheets: the paper's title, time and headings of sections when it was laid out. */
		title: text('title').notNull(),
		timeLimitMin: integer('time_limit_min'),
		sections: jsonb('sections').$type<readonly string[]>().notNull(),
		variants: jsonb('variants').$type<readonly PaperVariant[]>().notNull(),
		createdAt: instant('created_at').notNull(),
		createdBy: uuid('created_by')
	},
	(table) => [index('printed_paper_class').on(table.activityId, table.lessonId)]
);
