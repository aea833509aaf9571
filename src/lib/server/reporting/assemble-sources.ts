import { sql } from 'drizzle-orm';
import { peopleCtes, type PeopleSelection } from '../indicators/people-sql.ts';
import type { Database } from '../platform/database.ts';

/** Ids of the named people of the roster over the stage, by whether they count as trained. In a fixed order. */
export async function peopleSources(
	db: Database,
	selection: PeopleSelection
): Promise<{ trained: string[]; untrained: string[] }> {
	const rows = await db.execute<{ id: string; isTrained: boolean }>(sql`
		with ${peopleCtes(selection)}
		select person_id as id, first_on is not null as "isTrained" from base order by person_id`);
	const ids = (isTrained: boolean) => rows.filter((row) => row.isTrained === isTrained).map(({ id }) => id);
	return { trained: ids(true), untrained: ids(false) };
}
