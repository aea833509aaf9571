import {
	boolean,
	date,
	index,
	integer,
	pgTable,
	primaryKey,
	smallint,
	text,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { units } from '../organisation/tables.ts';
import { id, instant, recordedAt } from '../platform/columns.ts';
import { courses } from './tables.ts';

/** A standard programme (chương trình chuẩn) that units hold classes of; what it consists of stands in its versions. */
export const programmes = pgTable(
	'programme',
	{
		id: id(),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		retiredAt: instant('retired_at'),
		recordedAt: recordedAt()
	},
	(table) => [index('programme_unit').on(table.unitId)]
);

/** A programme as it was set at one time. Versions never change; a change is a new version. */
export const programmeVersions = pgTable(
	'programme_version',
	{
		id: id(),
		programmeId: uuid('programme_id')
			.notNull()
			.references(() => programmes.id, { onDelete: 'cascade' }),
		number: integer('number').notNull(),
		title: text('title').notNull(),
		summary: text('summary'),
		/** The decision that issues it. */
		documentNo: text('document_no'),
		documentDate: date('document_date'),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [uniqueIndex('programme_version_number').on(table.programmeId, table.number)]
);

/** A course of a version, in order. */
export const programmeCourses = pgTable(
	'programme_course',
	{
		versionId: uuid('version_id')
			.notNull()
			.references(() => programmeVersions.id, { onDelete: 'cascade' }),
		courseId: uuid('course_id')
			.notNull()
			.references(() => courses.id),
		position: smallint('position').notNull(),
		isRequired: boolean('is_required').notNull()
	},
	(table) => [primaryKey({ columns: [table.versionId, table.courseId] })]
);
