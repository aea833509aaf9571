import { sql } from 'drizzle-orm';
import { type Journaled, noteCreated } from '../../audit/change-journal.ts';
import type { Database } from '../../platform/database.ts';
import { affiliations, categoryMemberships } from '../tables.ts';

/** Rows that a merger adds to the kept person. */
export const ADDED = {
	affiliations: { table: affiliations, columns: ['unit_id', 'valid_from', 'valid_to', 'end_reason'] },
	memberships: { table: categoryMemberships, columns: ['category_code', 'valid_from', 'valid_to', 'end_reason'] }
} satisfies Record<string, Journaled>;

/**
 * Gives the kept person the units and categories of the merged one for the times they had none of their own, as further
 * rows: the merged one's rows stay as they are, and every list of people finds the person by the kept row alone.
 */
export async function takeOverTimes(tx: Database, setId: string, keptId: string, mergedId: string): Promise<void> {
	const own = (table: string, same = sql`true`) => sql`coalesce((
		select range_agg(daterange(o.valid_from, o.valid_to)) from ${sql.identifier(table)} o
		where o.person_id = ${keptId}::uuid and ${same}), '{}'::datemultirange)`;
	const places = await tx.execute<{ id: string }>(sql`
		insert into affiliation (person_id, unit_id, position, valid_from, valid_to, end_reason)
		select ${keptId}::uuid, m.unit_id, m.position, lower(gap), upper(gap), case when upper(gap) is not distinct from m.valid_to then m.end_reason end
		from affiliation m, unnest(datemultirange(daterange(m.valid_from, m.valid_to)) - ${own('affiliation')}) gap
		where m.person_id = ${mergedId}::uuid returning id`);
	await noteCreated(tx, setId, ADDED.affiliations, ids(places));
	const memberships = await tx.execute<{ id: string }>(sql`
		insert into category_membership
			(person_id, category_code, level, decision_no, decision_date, legal_fields, valid_from, valid_to, end_reason)
		select ${keptId}::uuid, m.category_code, m.level, m.decision_no, m.decision_date, m.legal_fields,
			lower(gap), upper(gap), case when upper(gap) is not distinct from m.valid_to then m.end_reason end
		from category_membership m, unnest(datemultirange(daterange(m.valid_from, m.valid_to))
			- ${own('category_membership', sql`o.category_code = m.category_code`)}) gap
		where m.person_id = ${mergedId}::uuid returning id`);
	await noteCreated(tx, setId, ADDED.memberships, ids(memberships));
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
