import { sql } from 'drizzle-orm';
import { takesSites } from '#lib/training/site.ts';
import type { ActivityStatus, DeliveryMode } from '#lib/training/activity.ts';
import type { Database } from '../platform/database.ts';

/** A class that may be the same as another one under a second name. */
export type SimilarClass = {
	activityId: string;
	title: string;
	organiserUnitId: string;
	organiserName: string;
	startsOn: string;
	endsOn: string;
	mode: DeliveryMode;
	/** Held by another unit, which the first one may have been a bridge site of. */
	canJoin: boolean;
};

/** What of a class makes it look like another. */
export type ClassLikeness = Readonly<{
	organiserUnitId: string;
	title: string;
	mode: DeliveryMode;
	topics: readonly string[];
	courseVersionId?: string | null;
	startsOn: string;
	endsOn: string;
	exceptId?: string;
}>;

/** Share of common three-letter pieces from which two titles read the same (pg_trgm). */
const ALIKE = 0.6;

/**
 * Classes on overlapping days that may be the same one: of the same organiser with the same course or nearly the same
 * title; of any other organiser with a topic in common and nearly the same title, unless people learn by themselves there
 * (several units may open a class of one course). One class entered twice, a bridge site entered as a class of its own, or
 * one split to raise the online share (domain rule 2). Shown, never blocked.
 */
export async function findSimilarClasses(db: Database, likeness: ClassLikeness): Promise<SimilarClass[]> {
	const { organiserUnitId, title, mode, topics, courseVersionId = null, startsOn, endsOn, exceptId = null } = likeness;
	const isSelfPaced = mode === 'online_self_paced';
	const rows = await db.execute<Omit<SimilarClass, 'canJoin'> & { status: ActivityStatus }>(sql`
		select a.id as "activityId", a.title, a.mode, a.status, a.organiser_unit_id as "organiserUnitId",
			(select v.name from unit_version v where v.unit_id = a.organiser_unit_id order by v.valid_from desc limit 1)
				as "organiserName",
			a.starts_on::text as "startsOn", coalesce(a.ended_on, a.due_on)::text as "endsOn"
		from training_activity a
		where a.status <> 'cancelled' and a.source = 'own' and a.id is distinct from ${exceptId}::uuid
			and a.starts_on <= ${endsOn} and coalesce(a.ended_on, a.due_on) >= ${startsOn}
			and case when a.organiser_unit_id = ${organiserUnitId}
				then similarity(fold(a.title), fold(${title})) >= ${ALIKE}
					or a.course_version_id in (select sibling.id from course_version mine
						join course_version sibling on sibling.course_id = mine.course_id where mine.id = ${courseVersionId}::uuid)
				else not ${isSelfPaced}::boolean and a.mode <> 'online_self_paced'
					and a.topics && ${sql.param([...topics])}::text[] and similarity(fold(a.title), fold(${title})) >= ${ALIKE}
				end
		order by (a.organiser_unit_id = ${organiserUnitId}) desc, similarity(fold(a.title), fold(${title})) desc, a.id
		limit 5`);
	return rows.map(({ status, ...row }) => ({
		...row,
		canJoin: row.organiserUnitId !== organiserUnitId && takesSites(status)
	}));
}
