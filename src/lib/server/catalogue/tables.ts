import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
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
import type { LessonKind } from '#lib/catalogue/lesson-kind.ts';
import type { ScormSettings } from '#lib/scorm/settings.ts';
import { papers } from '../assessment/paper-tables.ts';
import { documents, lectures } from '../lectures/tables.ts';
import { units } from '../organisation/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';
import { packages } from '../scorm/tables.ts';

/** A course (khóa học, chuyên đề) of a unit; what is taught stands in its versions. */
export const courses = pgTable(
	'course',
	{
		id: id(),
		/** `KC01` */
		code: text('code').notNull().unique(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		createdBy: uuid('created_by'),
		/** Withdrawn from new classes; running classes go on. */
		retiredAt: instant('retired_at'),
		recordedAt: recordedAt()
	},
	(table) => [index('course_unit').on(table.unitId)]
);

/** draft → in_review → published; in_review → returned → in_review. A published version never changes. */
export const COURSE_STATUSES = ['draft', 'in_review', 'returned', 'published'] as const;
export type CourseStatus = (typeof COURSE_STATUSES)[number];

/** The course as written at one time. At most one version that is not published exists per course. */
export const courseVersions = pgTable(
	'course_version',
	{
		id: id(),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id, { onDelete: 'cascade' }),
		number: integer('number').notNull(),
		status: text('status').$type<CourseStatus>().notNull(),
		title: text('title').notNull(),
		summary: text('summary').notNull().default(''),
		/** Số tiết; one tiết is 45 minutes. */
		teachingPeriods: numeric('teaching_periods', { precision: 5, scale: 1, mode: 'number' }).notNull(),
		/** Category codes the course is for; empty = everybody. */
		audience: text('audience')
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Topic codes; `digital_skills` makes a class count for the targets. */
		topics: text('topics')
			.array()
			.notNull()
			.default(sql`'{digital_skills}'`),
		/** Share of a lecture that must have been watched, percent. */
		coverageThreshold: smallint('coverage_threshold').notNull().default(90),
		/** Lessons open one after the other. */
		isSequential: boolean('is_sequential').notNull().default(false),
		lockVersion: integer('lock_version').notNull().default(1),
		submittedAt: instant('submitted_at'),
		submittedBy: uuid('submitted_by'),
		reviewedAt: instant('reviewed_at'),
		reviewedBy: uuid('reviewed_by'),
		reviewNote: text('review_note'),
		publishedAt: instant('published_at'),
		recordedAt: recordedAt()
	},
	(table) => [
		uniqueIndex('course_version_number').on(table.courseId, table.number),
		uniqueIndex('course_version_open')
			.on(table.courseId)
			.where(sql`status <> 'published'`),
		check('course_version_threshold', sql`coverage_threshold between 1 and 100`)
	]
);

/** A part of a version (học phần). */
export const modules = pgTable(
	'module',
	{
		id: id(),
		courseVersionId: uuid('course_version_id')
			.notNull()
			.references(() => courseVersions.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		title: text('title').notNull()
	},
	(table) => [index('module_version').on(table.courseVersionId)]
);

/** What stays the same of a lesson through all versions: progress and resume positions hang on it. */
export const lessons = pgTable('lesson', {
	id: id(),
	courseId: uuid('course_id')
		.notNull()
		.references(() => courses.id, { onDelete: 'cascade' })
});

/** A lesson (bài học) as one version has it. */
export const lessonVersions = pgTable(
	'lesson_version',
	{
		id: id(),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id, { onDelete: 'cascade' }),
		moduleId: uuid('module_id')
			.notNull()
			.references(() => modules.id, { onDelete: 'cascade' }),
		position: smallint('position').notNull(),
		title: text('title').notNull(),
		kind: text('kind').$type<LessonKind>().notNull(),
		/** Needed for completing the course. */
		isRequired: boolean('is_required').notNull().default(true),
		/** Of a lecture: nobody moves beyond what was watched. */
		preventsSkipping: boolean('prevents_skipping').notNull().default(false),
		lectureId: uuid('lecture_id').references(() => lectures.id),
		documentId: uuid('document_id').references(() => documents.id),
		packageId: uuid('package_id').references(() => packages.id),
		/** Set when the version is published; until then the package's newest ready revision is shown. */
		packageRevision: integer('package_revision'),
		/**
		 * Of a published version: the later revision that its classes have been given since, for attempts that begin from then on.
		 * What was published with the version stays in `packageRevision`.
		 */
		adoptedRevision: integer('adopted_revision'),
		scormSettings: jsonb('scorm_settings').$type<Partial<ScormSettings>>(),
		/** Of a quiz lesson. */
		paperId: uuid('paper_id').references(() => papers.id),
		/** Rich text, sanitised when written. */
		bodyHtml: text('body_html').notNull().default(''),
		url: text('url'),
		/** Minutes a learner should plan for where no lecture tells. */
		minutes: smallint('minutes'),
		/** Optimistic lock: an edit must name the version it saw. */
		lockVersion: integer('lock_version').notNull().default(1)
	},
	(table) => [
		uniqueIndex('lesson_version_once').on(table.moduleId, table.lessonId),
		index('lesson_version_lesson').on(table.lessonId),
		index('lesson_version_lecture').on(table.lectureId),
		index('lesson_version_package').on(table.packageId),
		index('lesson_version_paper').on(table.paperId)
	]
);

/** Files beside a lesson (đề cương, phiếu bài tập). */
export const lessonAttachments = pgTable(
	'lesson_attachment',
	{
		lessonVersionId: uuid('lesson_version_id')
			.notNull()
			.references(() => lessonVersions.id, { onDelete: 'cascade' }),
		documentId: uuid('document_id')
			.notNull()
			.references(() => documents.id),
		position: smallint('position').notNull()
	},
	(table) => [primaryKey({ columns: [table.lessonVersionId, table.documentId] })]
);
