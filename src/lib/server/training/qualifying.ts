import { type SQL, sql } from 'drizzle-orm';
import type { QualifyingRule } from '#lib/training/qualifying.ts';

/** An SQL alias (or table name) of training_activity in the caller's query. */
type Alias = SQL;

/** The plain alias most queries use. */
const ACTIVITY: Alias = sql.raw('training_activity');

/**
 * Condition "a completion in this activity makes its person được tập huấn" (domain 1.3 rule 1, trained share). The SQL
 * twin of `qualifiesForTrained` in lib/training/qualifying.ts; a test holds them together.
 */
export function trainedCondition(rule: QualifyingRule, activity: Alias = ACTIVITY): SQL {
	return sql`(${activity}.kind = any(${list(rule.countedKinds)})
		and ${activity}.topics && ${list(rule.countedTopics)}
		and (${activity}.audience = '{}' or ${activity}.audience && ${list(rule.targetCategories)})
		and (${activity}.document_no <> '' or ${activity}.approver <> '')
		and ${activity}.status <> 'cancelled')`;
}

/** Condition "the activity stands in the online share": the above, own, ended and with at least one attendee. */
export function onlineCondition(rule: QualifyingRule, activity: Alias = ACTIVITY): SQL {
	return sql`(${endedCondition(rule, activity)} and ${hasAttendee(activity)})`;
}

/** The above but for the attendee, which a query over all activities takes from {@link attendeesByActivity}. */
export function endedCondition(rule: QualifyingRule, activity: Alias = ACTIVITY): SQL {
	return sql`(${trainedCondition(rule, activity)}
		and ${activity}.source = 'own'
		and ${activity}.status in ('ended', 'reported', 'locked'))`;
}

/** Condition "somebody attended": a named participation or a number given by a unit without names. */
function hasAttendee(activity: Alias = ACTIVITY): SQL {
	return sql`(exists (select 1 from participation attendee where attendee.activity_id = ${activity}.id
			and attendee.voided_at is null and (attendee.attended_on is not null or attendee.completed_on is not null))
		or exists (select 1 from aggregate_result given where given.activity_id = ${activity}.id
			and given.voided_at is null and given.trained_count > 0))`;
}

/** How many attended, both ways. */
export function attendeeCount(activity: Alias = ACTIVITY): SQL<number> {
	return sql<number>`((select count(*) from participation attendee where attendee.activity_id = ${activity}.id
			and attendee.voided_at is null and (attendee.attended_on is not null or attendee.completed_on is not null))
		+ (select coalesce(sum(given.trained_count), 0) from aggregate_result given
			where given.activity_id = ${activity}.id and given.voided_at is null))::int`;
}

/**
 * The same for all activities at once, from the tally of attendances (tally-tables.ts): `(activity_id, attendees)` of
 * those that anybody attended. Counting the participations of each cost ten times as much at 20,000 activities.
 */
export function attendeesByActivity(): SQL {
	return sql`select activity_id, sum(attendees)::int as attendees from (
			select activity_id, attendees from attendance_tally
			union all select activity_id, trained_count from aggregate_result
				where voided_at is null and activity_id is not null) attendance
		group by activity_id having sum(attendees) > 0`;
}

function list(values: readonly string[]): SQL {
	return sql`${sql.param([...values])}::text[]`;
}
