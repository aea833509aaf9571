import { type SQL, sql } from 'drizzle-orm';
import { SINCE_THE_PLAN } from '#lib/indicators/period.ts';
import { PLAN_ANEW } from '../platform/database.ts';
import { trainedCondition } from '../training/qualifying.ts';
import type { Selection } from './selection.ts';

/** What of a selection the people of a figure depend on. */
export type PeopleSelection = Pick<Selection, 'window' | 'rule'> & Readonly<{ unit: Pick<Selection['unit'], 'path'> }>;

/**
 * Common table expressions that end in `base(person_id, unit_id, categories, first_on, year_on, since_on)`: the distinct
 * canonical people who on the cut-off belonged to a unit of the subtree and to a target category, with the first
 * qualifying completions. `categories` holds codes, of which those of `target_category(code, place)` count. Every figure
 * on people and every list of people is a SELECT over `base`, so they cannot differ.
 *
 * The roster comes from the segments (organisation/roster-tables.ts), the completions from {@link completions}: one scan
 * and one join for 100,000 people.
 */
export function peopleCtes(selection: PeopleSelection, { isDirect = false } = {}): SQL {
	const { window, unit } = selection;
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`${PLAN_ANEW}
		target_category as materialized (
			select code, row_number() over (order by position, code) as place from category c
			where c.is_target and (c.valid_from is null or c.valid_from <= ${window.to}::date)
				and (c.valid_to is null or c.valid_to > ${window.to}::date)
		),
		done as (${completions(selection)}),
		base as (
			select s.person_id, s.unit_id, s.categories, done.first_on, done.year_on, done.since_on
			from roster_segment s left join done on done.person_id = s.person_id
			where s.valid_from <= ${window.to}::date and (s.valid_to is null or s.valid_to > ${window.to}::date)
				and s.categories && array(select code from target_category)
				and s.unit_id in (select u.id from unit u where ${within})
		)`;
}

/**
 * First qualifying completions of each person: `first_on` in the window, `year_on` in the calendar year of the cut-off,
 * `since_on` since the plan began. A window that begins with a calendar year reads the derived table of first completions
 * per year (training/tables.ts); any other one reads the participations themselves.
 */
function completions({ window: { from, to }, rule }: PeopleSelection): SQL {
	const earliest = from < SINCE_THE_PLAN ? from : SINCE_THE_PLAN;
	const source = from.endsWith('-01-01')
		? sql`select person_id, completed_on from first_completion
			where completed_on between ${earliest}::date and ${to}::date`
		: sql`select coalesce(p.canonical_id, p.id) as person_id, pt.completed_on
			from participation pt join person p on p.id = pt.person_id join training_activity a on a.id = pt.activity_id
			where pt.voided_at is null and pt.completed_on between ${earliest}::date and ${to}::date
				and ${trainedCondition(rule, sql`a`)}`;
	return sql`select person_id, min(completed_on) filter (where completed_on >= ${from}::date) as first_on,
			min(completed_on) filter (where completed_on >= ${`${to.slice(0, 4)}-01-01`}::date) as year_on,
			min(completed_on) filter (where completed_on >= ${SINCE_THE_PLAN}::date) as since_on
		from (${source}) completion group by person_id`;
}
