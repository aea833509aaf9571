import { type SQL, sql } from 'drizzle-orm';
import type { UnitScope } from '../identity/permissions.ts';
import { inScope } from '../organisation/scope.ts';
import type { Database } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';

/** A person's row that figures count, and the unit the person belonged to then. */
export type Place = { personId: string; unitIdThen: string };

/**
 * Where people counted on the day of a class, for classes that are recorded afterwards. Who joined the roster since counts
 * where they count today. The actor must be responsible for them on one of the two days.
 * @throws {DomainError} `forbidden` `training.person_out_of_scope`
 */
export async function placesThen(
	db: Database,
	scope: UnitScope,
	personIds: readonly string[],
	{ day, today }: { day: string; today: string }
): Promise<Place[]> {
	const unique = [...new Set(personIds)];
	if (unique.length === 0) return [];
	const rows = await db.execute<{ person_id: string; unit_id: string }>(sql`
		select distinct on (person.id) person.id as person_id, affiliation.unit_id
		from person
			join affiliation on affiliation.person_id = person.id
		where person.id = any(${sql.param(unique)}::uuid[]) and person.canonical_id is null and person.voided_at is null
			and (${holds('affiliation', day)} or ${holds('affiliation', today)})
			and exists (select 1 from affiliation own join unit on unit.id = own.unit_id
				where own.person_id = person.id and (${holds('own', day)} or ${holds('own', today)})
					and ${inScope(sql`unit.path`, scope)})
		order by person.id, (${holds('affiliation', day)}) desc`);
	if (rows.length < unique.length) {
		throw new DomainError('forbidden', 'training.person_out_of_scope', { n: unique.length - rows.length });
	}
	return rows.map((row) => ({ personId: row.person_id, unitIdThen: row.unit_id }));
}

/** Whether a dated row of a table named so holds on a day (`yyyy-mm-dd`). */
export function holds(table: string, day: string): SQL {
	const name = sql.identifier(table);
	return sql`${name}.valid_from <= ${day}::date and (${name}.valid_to is null or ${name}.valid_to > ${day}::date)`;
}
