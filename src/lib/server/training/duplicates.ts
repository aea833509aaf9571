import { sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';

/** A class that may be the same as another one under a second name. */
export type SimilarClass = { activityId: string; title: string; startsOn: string; endsOn: string; mode: string };

/** What of a class makes it look like another. */
export type ClassLikeness = Readonly<{
	organiserUnitId: string;
	title: string;
	courseVersionId?: string | null;
	startsOn: string;
	endsOn: string;
	exceptId?: string;
}>;

/** Share of common three-letter pieces from which two titles read the same (pg_trgm). */
const ALIKE = 0.6;

/**
 * Classes of the same organiser on overlapping days with the same course or nearly the same title: one class entered
 * twice, or split to raise the online share (domain rule 2). Shown, never blocked.
 */
export async function findSimilarClasses(db: Database, likeness: ClassLikeness): Promise<SimilarClass[]> {
	const { organiserUnitId, title, courseVersionId = null, startsOn, endsOn, exceptId = null } = likeness;
	const rows = await db.execute<{ id: string; title: string; starts_on: string; ends_on: string; mode: string }>(sql`
		select id, title, mode, starts_on::text, coalesce(ended_on, due_on)::text as ends_on
		from training_activity
		where organiser_unit_id = ${organiserUnitId} and status <> 'cancelled' and id is distinct from ${exceptId}::uuid
			and starts_on <= ${endsOn} and coalesce(ended_on, due_on) >= ${startsOn}
			and (similarity(fold(title), fold(${title})) >= ${ALIKE}
				or course_version_id in (select sibling.id from course_version mine
					join course_version sibling on sibling.course_id = mine.course_id where mine.id = ${courseVersionId}::uuid))
		order by starts_on, id
		limit 5`);
	return rows.map((row) => ({
		activityId: row.id,
		title: row.title,
		startsOn: row.starts_on,
		endsOn: row.ends_on,
		mode: row.mode
	}));
}
