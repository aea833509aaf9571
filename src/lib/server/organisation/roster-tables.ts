import { date, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { people, units } from './tables.ts';

/**
 * Derived: the times in which neither the unit nor the categories of a canonical person change, merged rows included. So
 * the roster of any day is one scan, where affiliations, memberships and mergers of 100,000 people would be joined. Only
 * times with a unit and a category are here. Triggers of `affiliation`, `category_membership` and `person` write it in the
 * statement that changes them, by the function roster_segments_of (in the migration that made this table).
 */
export const rosterSegments = pgTable(
	'roster_segment',
	{
		/** Canonical person. */
		personId: uuid('person_id')
			.notNull()
			.references(() => people.id),
		unitId: uuid('unit_id')
			.notNull()
			.references(() => units.id),
		/** Codes of all categories held, targets or not, in their order. */
		categories: text('categories').array().notNull(),
		validFrom: date('valid_from').notNull(),
		/** The first day it no longer holds. */
		validTo: date('valid_to')
	},
	(table) => [index('roster_segment_person').on(table.personId), index('roster_segment_unit').on(table.unitId)]
);
