import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';

/**
 * The units as they stood on a day, for figures by the old or the new structure. Common table expressions that end in
 *
 * - `structure(unit_id, stands_as, path)`: every unit there ever was, the unit that it counts with on that day, and that
 *   one's place in the tree of the day as an ltree of `unit.no`. Units of the day count with themselves. One that had ended
 *   counts with its main successor, and that one's, until one of the day is reached. One that began later counts with its
 *   predecessor where it has a single one (renamed, split); where several merged into it, it stays a line of its own, since
 *   its figures cannot be told apart.
 * - `origin(unit_id, origin_id)`: for units that took others over after the day, all units of the day that went into them,
 *   themselves included.
 *
 * A subtree of that structure is `path <@` the path of its root. Needs `with recursive`.
 * @param day `yyyy-mm-dd`
 */
export function structureCtes(day: string): SQL {
	return sql`
		standing as (
			select unit_id from unit_version
			where valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)
		),
		carried as (
			select from_unit_id as unit_id, (array_agg(to_unit_id order by on_date desc))[1] as next_id from unit_succession
			where is_main and on_date <= ${day}::date and from_unit_id not in (select unit_id from standing)
			group by from_unit_id
			union all
			select to_unit_id, (array_agg(from_unit_id))[1] from unit_succession
			where on_date > ${day}::date and to_unit_id not in (select unit_id from standing)
			group by to_unit_id having count(distinct from_unit_id) = 1
		),
		walk(unit_id, at_id, step) as (
			select id, id, 0 from unit
			union all
			select w.unit_id, c.next_id, w.step + 1 from walk w join carried c on c.unit_id = w.at_id where w.step < 50
		),
		counted as (
			select distinct on (unit_id) unit_id, at_id as stands_as from walk order by unit_id, step desc
		),
		province as (
			select id, no::text::ltree as path from unit where nlevel(path) = 1 order by no limit 1
		),
		hung as (
			select u.id, u.no, c.stands_as as parent_id
			from unit u
			join lateral (select parent_id from unit_version where unit_id = u.id
				order by valid_from <= ${day}::date desc,
					case when valid_from <= ${day}::date then valid_from end desc, valid_from limit 1) v on true
			left join counted c on c.unit_id = v.parent_id
			where u.id in (select stands_as from counted)
		),
		tree(id, path) as (
			select id, path from province
			union all
			select h.id, t.path || h.no::text from hung h join tree t on t.id = h.parent_id
		),
		structure as materialized (
			select c.unit_id, c.stands_as, coalesce(t.path, p.path || u.no::text) as path
			from counted c join unit u on u.id = c.stands_as cross join province p left join tree t on t.id = c.stands_as
		),
		ancestry(unit_id, origin_id) as (
			select to_unit_id, from_unit_id from unit_succession where on_date > ${day}::date
			union
			select a.unit_id, s.from_unit_id from ancestry a join unit_succession s on s.to_unit_id = a.origin_id
			where s.on_date > ${day}::date
		),
		origin as (
			select unit_id, origin_id from ancestry where origin_id in (select unit_id from standing)
			union
			select unit_id, unit_id from ancestry where unit_id in (select unit_id from standing)
		)`;
}

/**
 * The unit of the structure that a person counts with, who on the cut-off belonged to `unitId`. Whoever on the day belonged
 * to a unit that went into that one counts there; everybody else as their unit does. An SQL expression for a query that has
 * {@link structureCtes} of the same day.
 */
export function placeOnStructure(day: string, { personId, unitId }: { personId: SQL; unitId: SQL }): SQL {
	return sql`coalesce(
		(select past.unit_id from affiliation past join origin on origin.origin_id = past.unit_id
			where origin.unit_id = ${unitId} and past.person_id = ${personId} and past.valid_from <= ${day}::date
				and (past.valid_to is null or past.valid_to > ${day}::date)),
		(select structure.stands_as from structure where structure.unit_id = ${unitId}))`;
}

/** A line of the structure of a day. */
export type StructureUnit = Readonly<{
	id: string;
	code: string;
	name: string;
	type: string;
	/** Place in the tree of the day, ltree of `unit.no`. */
	path: string;
	/** Not yet there on the day: several units of the day were merged into it later. */
	isLater: boolean;
	/** Ended before the day, and nobody carries it on. */
	isPast: boolean;
}>;

/** The units of the structure of a day in the order of the tree and of their names, named as on that day. */
export async function listStructure(db: Database, day: string): Promise<StructureUnit[]> {
	const rows = await db.execute<StructureUnit>(sql`
		with recursive ${structureCtes(day)}
		select u.id, u.code, v.name, v.type, s.path::text as path, v.valid_from > ${day}::date as "isLater",
			coalesce(v.valid_to <= ${day}::date, false) as "isPast"
		from structure s join unit u on u.id = s.stands_as and s.unit_id = u.id
		join lateral (select name, type, valid_from, valid_to from unit_version where unit_id = u.id
			order by valid_from <= ${day}::date desc,
				case when valid_from <= ${day}::date then valid_from end desc, valid_from limit 1) v on true
		order by nlevel(s.path), v.name collate "vi-x-icu"`);
	return [...rows];
}
