import { type SQL, sql } from 'drizzle-orm';
import { SINCE_THE_PLAN } from '#lib/indicators/period.ts';
import { PLAN_ANEW } from '../platform/database.ts';
import { trainedCondition } from '../training/qualifying.ts';
import type { Selection } from './selection.ts';

/** What of a selection the people of a figure depend on. */
export type PeopleSelection = Pick<Selection, 'window' | 'rule'> & Readonly<{ unit: Pick<Selection['unit'], 'path'> }>;

/** Valid on the day, for rows with half-open `valid_from`, `valid_to`. */
const openOn = (alias: string, day: string) =>
	sql`${sql.raw(alias)}.valid_from <= ${day}::date and (${sql.raw(alias)}.valid_to is null or ${sql.raw(alias)}.valid_to > ${day}::date)`;

/**
 * Common table expressions that end in `base(person_id, unit_id, categories, first_on, year_on, since_on)`: the distinct
 * canonical people who on the cut-off belonged to a unit of the subtree and to a target category, with the first
 * qualifying completions. `categories` holds a bit per `target_category(code, bit)`. Every figure on people and every list
 * of people is a SELECT over `base`, so they cannot differ.
 *
 * Shaped for 100,000 people: the few rows that do not count are taken out instead of joining all of person, and a bit mask
 * saves the second join to the memberships.
 */
export function peopleCtes(selection: PeopleSelection, { isDirect = false } = {}): SQL {
	const { window, unit } = selection;
	const within = isDirect ? sql`u.path = ${unit.path}::ltree` : sql`u.path <@ ${unit.path}::ltree`;
	return sql`${PLAN_ANEW}
		target_category as materialized (
			select code, 1 << (row_number() over (order by position, code) - 1)::int as bit from category c
			where c.is_target and (c.valid_from is null or c.valid_from <= ${window.to}::date)
				and (c.valid_to is null or c.valid_to > ${window.to}::date)
		),
		merged as (
			select p.id, p.canonical_id from person p join person c on c.id = p.canonical_id
			where p.canonical_id is not null and p.voided_at is null and c.voided_at is null
		),
		uncounted as (
			select id from person where canonical_id is not null
			union all select id from person where voided_at is not null
		),
		member as (
			select m.person_id, t.bit from category_membership m join target_category t on t.code = m.category_code
			where ${openOn('m', window.to)}
			union all
			select x.canonical_id, t.bit from merged x join category_membership m on m.person_id = x.id
			join target_category t on t.code = m.category_code
			where ${openOn('m', window.to)}
		),
		holder as (
			select person_id, bit_or(bit) as categories from member group by person_id
		),
		placed as (
			select a.person_id, a.unit_id from affiliation a
			where ${openOn('a', window.to)} and not exists (select 1 from uncounted where uncounted.id = a.person_id)
			union all
			select * from (
				select distinct on (x.canonical_id) x.canonical_id, a.unit_id
				from merged x join affiliation a on a.person_id = x.id
				where ${openOn('a', window.to)} and not exists (select 1 from affiliation own
					where own.person_id = x.canonical_id and ${openOn('own', window.to)})
				order by x.canonical_id, a.valid_from desc, a.id) moved
		),
		done as (${completions(selection)}),
		base as materialized (
			select placed.person_id, placed.unit_id, holder.categories, done.first_on, done.year_on, done.since_on
			from placed join holder using (person_id) left join done using (person_id)
			where placed.unit_id in (select u.id from unit u where ${within})
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
