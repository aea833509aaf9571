import { asc, eq } from 'drizzle-orm';
import { EVERYTHING } from '../identity/permissions.ts';
import { listUnits } from '../organisation/queries.ts';
import { unitFinder } from '../organisation/roster-file/units.ts';
import type { Database } from '../platform/database.ts';
import { activityCoOrganisers } from './register-tables.ts';

/**
 * Writes who holds an activity together with its organiser, in the caller's transaction. Names are kept as they were
 * written; those that stand for exactly one unit of the province are tied to it.
 */
export async function saveCoOrganisers(tx: Database, activityId: string, names: readonly string[]): Promise<void> {
	await tx.delete(activityCoOrganisers).where(eq(activityCoOrganisers.activityId, activityId));
	const unique = [...new Set(names)];
	if (unique.length === 0) return;
	const find = unitFinder(await listUnits(tx, EVERYTHING));
	await tx.insert(activityCoOrganisers).values(
		unique.map((name, position) => {
			const unit = find(name);
			return { activityId, position, name, unitId: unit && unit !== 'ambiguous' ? unit.id : null };
		})
	);
}

/** Names of the co-organisers of an activity, in their order. */
export async function listCoOrganisers(db: Database, activityId: string): Promise<string[]> {
	const rows = await db
		.select({ name: activityCoOrganisers.name })
		.from(activityCoOrganisers)
		.where(eq(activityCoOrganisers.activityId, activityId))
		.orderBy(asc(activityCoOrganisers.position));
	return rows.map(({ name }) => name);
}
