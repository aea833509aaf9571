import { sql } from 'drizzle-orm';
import {
	date,
	boolean,
	doublePrecision,
	index,
	integer,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import type { Answer } from '#lib/assessment/answer.ts';
import type { UploadKind } from '#lib/assessment/question.ts';
import type { PaperContent, PaperSettings } from '#lib/assessment/paper.ts';
import type { RubricPoints } from '#lib/assessment/scoring/rubric.ts';
import { people, units } from '../organisation/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';
import { questionVersions } from './tables.ts';

/** A paper (đề kiểm tra): what is asked and by which rules. Knows nothing of where it is embedded. */
export const papers = pgTable(
	'paper',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		title: text('title').notNull(),
		content: jsonb('content').$type<PaperContent>().notNull(),
		settings: jsonb('settings').$type<PaperSettings>().notNull(),
		lockVersion: integer('lock_version').notNull().default(1),
		createdBy: uuid('created_by'),
		recordedAt: recordedAt()
	},
	(table) => [index('paper_unit').on(table.unitId)]
);

/**
 * One person's dealings with a paper at one place: all attempts and the grade they make. Whoever embeds the paper keeps
 * its id. Starting and handing in hold this row, so that of fifty at once one takes effect.
 */
export const sittings = pgTable(
	'paper_sitting',
	{
		id: id(),
		paperId: uuid('paper_id')
			.notNull()
			.references(() => papers.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		/** Where the person counted when it began; bounds who may see it. */
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Percent of the marks, by the paper's rule over the attempts that are marked; null before. */
		gradePercent: doublePrecision('grade_percent'),
		isPassed: boolean('is_passed').notNull().default(false),
		gradedAt: instant('graded_at'),
		/** Sums of what was given beyond the rules of the paper (`sitting_override`), written with it. */
		extraMin: integer('extra_min').notNull().default(0),
		extraAttempts: smallint('extra_attempts').notNull().default(0),
		recordedAt: recordedAt()
	},
	(table) => [index('paper_sitting_paper').on(table.paperId), index('paper_sitting_person').on(table.personId)]
);

/** Extra time or attempts that somebody was given, and why. Never changed or deleted. */
export const sittingOverrides = pgTable(
	'sitting_override',
	{
		id: id(),
		sittingId: uuid('sitting_id')
			.notNull()
			.references(() => sittings.id, { onDelete: 'cascade' }),
		minutes: smallint('minutes').notNull(),
		attempts: smallint('attempts').notNull(),
		reason: text('reason').notNull(),
		givenAt: instant('given_at').notNull(),
		givenBy: uuid('given_by')
	},
	(table) => [index('sitting_override_sitting').on(table.sittingId)]
);

/** One attempt. Open until handed in, by the person, by the clock or by an examiner; then never changed but for marks. */
export const attempts = pgTable(
	'attempt',
	{
		id: id(),
		sittingId: uuid('sitting_id')
			.notNull()
			.references(() => sittings.id, { onDelete: 'cascade' }),
		number: smallint('number').notNull(),
		startedAt: instant('started_at').notNull(),
		/** When it ends by itself; null without a limit. */
		deadlineAt: instant('deadline_at'),
		submittedAt: instant('submitted_at'),
		/** `paper`: entered from a sheet that was answered on paper. */
		submittedBy: text('submitted_by').$type<'person' | 'clock' | 'examiner' | 'paper'>(),
		/** Headings of the sections, in order. */
		sections: jsonb('sections').$type<readonly string[]>().notNull(),
		/** Of a paper without a way back: the one position that can be answered. */
		reached: smallint('reached'),
		maxMarks: doublePrecision('max_marks').notNull(),
		/** Marks reached; null while open or while something has to be marked by hand. */
		score: doublePrecision('score')
	},
	(table) => [
		uniqueIndex('attempt_number').on(table.sittingId, table.number),
		uniqueIndex('attempt_open')
			.on(table.sittingId)
			.where(sql`submitted_at is null`),
		index('attempt_due')
			.on(table.deadlineAt)
			.where(sql`submitted_at is null`)
	]
);

/** A question in an attempt with what was answered to it. */
export const attemptItems = pgTable(
	'attempt_item',
	{
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		versionId: uuid('version_id')
			.notNull()
			.references(() => questionVersions.id),
		/** Of a scenario: which of its questions. */
		partId: text('part_id'),
		section: smallint('section').notNull(),
		marks: doublePrecision('marks').notNull(),
		optionOrder: text('option_order').array().notNull(),
		answer: jsonb('answer').$type<Answer>(),
		/** Grows with each change; what arrives with no greater one changes nothing. */
		sequence: integer('sequence').notNull().default(0),
		savedAt: instant('saved_at'),
		/** What arrived after the end: kept, never marked. */
		lateAnswer: jsonb('late_answer').$type<Answer>(),
		lateAt: instant('late_at'),
		/** Of the marks, 0 to 1; null while open or to be marked by hand. */
		share: doublePrecision('share'),
		/** Of a question marked by hand: points by criterion, what the learner is told, by whom and when. */
		rubricPoints: jsonb('rubric_points').$type<RubricPoints>(),
		comment: text('comment'),
		markedBy: uuid('marked_by'),
		markedAt: instant('marked_at')
	},
	(table) => [
		primaryKey({ columns: [table.attemptId, table.position] }),
		index('attempt_item_version').on(table.versionId),
		index('attempt_item_marked')
			.on(table.attemptId)
			.where(sql`marked_at is not null`)
	]
);

/**
 * A file somebody hands in to a question of an attempt. Belongs to the answer that names it; one that no answer names any
 * more goes some time after the attempt was handed in.
 */
export const attemptFiles = pgTable(
	'attempt_file',
	{
		id: id(),
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		/** As its owner knows it; never a path. */
		name: text('name').notNull(),
		kind: text('kind').$type<UploadKind>().notNull(),
		contentType: text('content_type').notNull(),
		sizeBytes: integer('size_bytes').notNull(),
		storageKey: text('storage_key').notNull(),
		recordedAt: recordedAt()
	},
	(table) => [index('attempt_file_place').on(table.attemptId, table.position)]
);

/**
 * Each change of an answer, of papers that say so (`keepsSteps`). Never changed; deleted after the time it may be kept, and
 * with the attempt.
 */
export const answerSteps = pgTable(
	'answer_step',
	{
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		sequence: integer('sequence').notNull(),
		answer: jsonb('answer').$type<Answer>(),
		savedAt: instant('saved_at').notNull()
	},
	(table) => [
		primaryKey({ columns: [table.attemptId, table.position, table.sequence] }),
		index('answer_step_saved').on(table.savedAt)
	]
);

/** An answer that was marked anew by a newer key, as it stood before. Never changed or deleted. */
export const regradedItems = pgTable(
	'regraded_item',
	{
		id: id(),
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		versionBefore: uuid('version_before').notNull(),
		versionAfter: uuid('version_after').notNull(),
		shareBefore: doublePrecision('share_before'),
		shareAfter: doublePrecision('share_after'),
		reason: text('reason').notNull(),
		at: instant('at').notNull(),
		by: uuid('by')
	},
	(table) => [index('regraded_item_attempt').on(table.attemptId)]
);

/**
 * An answer that its marker sent back to be changed, until a day. Waits while it was not handed in again and the day is not
 * over; then the marker marks what is there. Never changed once it was handed in again.
 */
export const returnedItems = pgTable(
	'returned_item',
	{
		id: id(),
		attemptId: uuid('attempt_id')
			.notNull()
			.references(() => attempts.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		answerBefore: jsonb('answer_before').$type<Answer>(),
		/** What the learner is asked to change. */
		comment: text('comment').notNull(),
		/** Last day to hand in again. */
		dueOn: date('due_on').notNull(),
		returnedAt: instant('returned_at').notNull(),
		returnedBy: uuid('returned_by'),
		answerAfter: jsonb('answer_after').$type<Answer>(),
		resubmittedAt: instant('resubmitted_at')
	},
	(table) => [index('returned_item_attempt').on(table.attemptId, table.position)]
);
