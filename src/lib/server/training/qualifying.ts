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

/** The above but for the attendee, which a query over all activities takes from {@link ATTENDEES}. */
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

/** The same for a query over all activities, which has {@link joinAttendees} in its FROM. */
export const ATTENDEES = sql`(coalesce(named.people, 0) + coalesce(in_numbers.people, 0))::int`;

/**
 * Joins what {@link ATTENDEES} adds up, from the tally of attendances (tally-tables.ts): counting the participations of
 * each of 20,000 activities cost ten times as much. Two outer joins, so that the planner knows how many rows to expect.
 */
export function joinAttendees(activity: Alias): SQL {
	return sql`left join (select activity_id, sum(attendees) as people from attendance_tally
			group by activity_id) named on named.activity_id = ${activity}.id
		left join (select activity_id, sum(trained_count) as people from aggregate_result where voided_at is null
			group by activity_id) in_numbers on in_numbers.activity_id = ${activity}.id`;
}

function list(values: readonly string[]): SQL {
	return sql`${sql.param([...values])}::text[]`;
}
