import { date, integer, pgTable, uuid } from 'drizzle-orm/pg-core';

/*
 * Derived sums over a million participations. A trigger of `participation` (tally_participations, in the migration that
 * made these tables) writes them in the statement that changes a participation, so they are never stale. Every row is a
 * difference, +1 or −30: nobody waits for anybody, as changing one sum would have it. What holds is the sum of the rows of
 * a key; a nightly job makes one row of many (tallies.ts). No foreign keys: rows that add up to nothing may outlive what
 * they were about. No indexes: they are small and always read whole.
 */

/** Named people who attended (or completed) an activity; those given in numbers stand in aggregate_result. */
export const attendanceTallies = pgTable('attendance_tally', {
	activityId: uuid('activity_id').notNull(),
	attendees: integer('attendees').notNull()
});

/** People summoned, by their unit then and by the months of summons and completion. */
export const summonsTallies = pgTable('summons_tally', {
	unitId: uuid('unit_id').notNull(),
	/** The first day of the month, as `completed_month` is. */
	summonedMonth: date('summoned_month').notNull(),
	/** Empty for those who have not completed. */
	completedMonth: date('completed_month'),
	people: integer('people').notNull()
});
