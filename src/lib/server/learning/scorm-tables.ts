import { pgTable, smallint, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { lessons } from '../catalogue/tables.ts';
import { id } from '../platform/columns.ts';
import { participations } from '../training/tables.ts';

/** A learner's hold of one SCORM lesson in one class; attempts at its package hang on it (scorm.scorm_attempt). */
export const scormRegistrations = pgTable(
	'scorm_registration',
	{
		id: id(),
		participationId: uuid('participation_id')
			.notNull()
			.references(() => participations.id, { onDelete: 'cascade' }),
		lessonId: uuid('lesson_id')
			.notNull()
			.references(() => lessons.id),
		/** Attempts that a trainer granted beyond the lesson's limit. */
		extraAttempts: smallint('extra_attempts').notNull().default(0)
	},
	(table) => [uniqueIndex('scorm_registration_once').on(table.participationId, table.lessonId)]
);
