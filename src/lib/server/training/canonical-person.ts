import { eq, sql } from 'drizzle-orm';
import { people } from '../organisation/tables.ts';
import type { Database } from '../platform/database.ts';

/** The row that stands for a person since the last merger; the same one where nobody was merged. */
export async function canonicalOf(db: Database, personId: string): Promise<string> {
	const [row] = await db
		.select({ id: sql<string>`coalesce(${people.canonicalId}, ${people.id})` })
		.from(people)
		.where(eq(people.id, personId));
	return row?.id ?? personId;
}
