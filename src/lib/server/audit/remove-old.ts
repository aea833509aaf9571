import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';

/**
 * Removes linked events older than a number of months; the database refuses those of the last twelve. Only the oldest
 * stretch of the chain goes, its links stay, so that {@link verifyChain} can tell keeping from tampering.
 * @returns how many were removed
 */
export async function removeOldEvents(db: Database, months: number): Promise<number> {
	const removed = await db.execute(sql`
		delete from audit_event e using audit_link l
		where l.event_id = e.id and l.no < coalesce((
			select min(k.no) from audit_link k join audit_event f on f.id = k.event_id
			where f.at >= now() - make_interval(months => ${months})), 0)
		returning 1`);
	return removed.length;
}
