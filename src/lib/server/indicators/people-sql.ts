import { type SQL, sql } from 'drizzle-orm';
import { SINCE_THE_PLAN } from '#lib/indicators/period.ts';
import { trainedCondition } from '../training/qualifying.ts';
import type { Selection } from './selection.ts';

/** What of a selection the people of a figure depend on. */
export type PeopleSelection = Pick<Selection, 'window' | 'rule'> & Readonly<{ unit: Pick<Selection['unit'], 'path'> }>;

/** Valid on the day, for rows with half-open `valid_from`, `valid_to`. */
const openOn = (alias: string, day: string) =>
	sql`${sql.raw(alias)}.valid_from <= ${day}::date and (${sql.raw(alias)}.valid_to is null or ${sql.raw(alias)}.valid_to > ${day}::date)`;

/**
 * Common table expressions `member(person_id, category_code)`, `roster(person_id, unit_id)` and
 * `base(person_id, unit_id, first_on, …)`: the distinct canonical people who on the cut-off belonged to a unit of the subtree
 * and to a target category, with the first qualifying completion in the window. Every figure on people and every list of
 * people is a SELECT over `base`, so they cannot differ.
 */
export function peopleCtes(selection: PeopleSelection, { isDirect = false } = {}): SQL {
	const { window, unit } = selection;
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`
		target_category as (
			select code from category c
			where c.is_target and (c.valid_from is null or c.valid_from <= ${window.to}::date)
				and (c.valid_to is null or c.valid_to > ${window.to}::date)
		),
		merged as (
			select id, canonical_id from person where canonical_id is not null and voided_at is null
		),
		member as (
			select m.person_id, m.category_code from category_membership m
			where ${openOn('m', window.to)} and m.category_code in (select code from target_category)
			union all
			select distinct x.canonical_id, m.category_code from merged x join category_membership m on m.person_id = x.id
			where ${openOn('m', window.to)} and m.category_code in (select code from target_category)
				and not exists (select 1 from category_membership own where own.person_id = x.canonical_id
					and own.category_code = m.category_code and ${openOn('own', window.to)})
		),
		placed as (
			select p.id as person_id, a.unit_id from affiliation a join person p on p.id = a.person_id
			where p.canonical_id is null and p.voided_at is null and ${openOn('a', window.to)}
			union all
			select * from (
				select distinct on (x.canonical_id) x.canonical_id, a.unit_id
				from merged x join affiliation a on a.person_id = x.id
				join person c on c.id = x.canonical_id and c.voided_at is null
				where ${openOn('a', window.to)} and not exists (select 1 from affiliation own
					where own.person_id = x.canonical_id and ${openOn('own', window.to)})
				order by x.canonical_id, a.valid_from desc, a.id) moved
		),
		roster as (
			select placed.person_id, placed.unit_id from placed
			where placed.unit_id in (select u.id from unit u where ${within})
				and placed.person_id in (select person_id from member)
		),
		done as (${completions(selection)}),
		base as materialized (
			select roster.person_id, roster.unit_id, done.first_on, done.year_on, done.since_on
			from roster left join done using (person_id)
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
