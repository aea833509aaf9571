import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { changeSets } from '../audit/tables.ts';
import { id, instant, jsonb, recordedAt } from '../platform/columns.ts';
import { people } from './tables.ts';

/**
 * Two rows found to be one person: `merged` points to `kept` from then on. What a merger changed beside that is in its
 * change set.
 */
export const personMergers = pgTable(
	'person_merger',
	{
		id: id(),
		keptId: uuid('kept_id')
			.notNull()
			.references(() => people.id),
		mergedId: uuid('merged_id')
			.notNull()
			.references(() => people.id),
		/** Columns of the kept row that were taken from the other one, with what the kept row had there before. */
		taken: jsonb('taken').$type<Record<string, unknown>>().notNull().default({}),
		changeSetId: uuid('change_set_id')
			.notNull()
			.references(() => changeSets.id),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt(),
		undoneAt: instant('undone_at')
	},
	(table) => [index('person_merger_kept').on(table.keptId), index('person_merger_merged').on(table.mergedId)]
);

/** Two people who look alike and are not one, as somebody found; the smaller id first. */
export const distinctPeople = pgTable(
	'distinct_people',
	{
		oneId: uuid('one_id')
			.notNull()
			.references(() => people.id),
		otherId: uuid('other_id')
			.notNull()
			.references(() => people.id),
		recordedBy: uuid('recorded_by'),
		recordedAt: recordedAt()
	},
	(table) => [
		primaryKey({ columns: [table.oneId, table.otherId] }),
		check('distinct_people_order', sql`one_id < other_id`)
	]
);
