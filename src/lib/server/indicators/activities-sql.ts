import { type SQL, sql } from 'drizzle-orm';
import { DECISION_DAY } from '#lib/indicators/period.ts';
import { PLAN_ANEW } from '../platform/database.ts';
import { ATTENDEES, endedCondition, joinAttendees } from '../training/qualifying.ts';
import type { Selection } from './selection.ts';

/** What of a selection the activities of a figure depend on. */
export type ActivitySelection = Pick<Selection, 'window' | 'rule'> &
	Readonly<{ unit: Pick<Selection['unit'], 'path'> }>;

/**
 * Common table expression `act(id, unit_id, mode, ended_on, attendees, is_online, is_counted, is_early)`: the qualifying
 * own activities that units of the subtree ended in the window. `attendees` are lượt người dự, named or in numbers. `is_online` is the strict reading (hybrid never online),
 * `is_counted` the province's chosen one, `is_early` marks those before the Decision of 15/4/2025. Every figure on
 * activities and every list of activities is a SELECT over `act`.
 */
export function activityCtes({ window, unit, rule }: ActivitySelection, { isDirect = false } = {}): SQL {
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`${PLAN_ANEW}
		act as materialized (
			select a.id, a.organiser_unit_id as unit_id, a.mode, a.ended_on, ${ATTENDEES} as attendees,
				a.mode in ('online_self_paced', 'online_live') as is_online,
				${countsAsOnline(rule.hybridRule)} as is_counted,
				a.ended_on < ${DECISION_DAY}::date as is_early
			from training_activity a ${joinAttendees(sql`a`)}
			where a.ended_on between ${window.from}::date and ${window.to}::date and ${endedCondition(rule, sql`a`)} and ${ATTENDEES} > 0
				and a.organiser_unit_id in (select u.id from unit u where ${within})
		)`;
}

function countsAsOnline(hybridRule: Selection['rule']['hybridRule']): SQL {
	const strict = sql`a.mode in ('online_self_paced', 'online_live')`;
	if (hybridRule === 'strict') return strict;
	if (hybridRule === 'all_hybrid') return sql`(${strict} or a.mode = 'hybrid')`;
	return sql`(${strict} or (a.mode = 'hybrid' and (
		select count(*) filter (where pt.mode in ('online_self_paced', 'online_live')) * 2 > count(*)
		from participation pt where pt.activity_id = a.id and pt.voided_at is null and (pt.attended_on is not null or pt.completed_on is not null))))`;
}
