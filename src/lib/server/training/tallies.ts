import { sql } from 'drizzle-orm';
import type { Context } from '../platform/context.ts';

/**
 * Makes one row of the many differences of a key in attendance_tally and summons_tally (tally-tables.ts). Each statement
 * is a transaction: a reader sees the rows before or the rows after, and the sums are the same.
 */
export async function compactTallies({ db }: Pick<Context, 'db'>): Promise<void> {
	await db.execute(sql`
		with taken as (
			delete from attendance_tally where activity_id in (
				select activity_id from attendance_tally group by activity_id having count(*) > 1)
			returning *)
		insert into attendance_tally (activity_id, attendees)
		select activity_id, sum(attendees) from taken group by activity_id having sum(attendees) <> 0`);
	await db.execute(sql`
		with taken as (
			delete from summons_tally where (unit_id, summoned_month) in (
				select unit_id, summoned_month from summons_tally
				group by unit_id, summoned_month, completed_month having count(*) > 1)
			returning *)
		insert into summons_tally (unit_id, summoned_month, completed_month, people)
		select unit_id, summoned_month, completed_month, sum(people) from taken
		group by unit_id, summoned_month, completed_month having sum(people) <> 0`);
}
