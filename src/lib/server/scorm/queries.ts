import { and, inArray } from 'drizzle-orm';
import type { Database } from '../platform/database.ts';
import { revisions } from './tables.ts';

/** Which of these packages have a file that waits to be imported or is being imported. */
export async function packagesUnderWay(db: Database, packageIds: readonly string[]): Promise<Set<string | null>> {
	if (packageIds.length === 0) return new Set();
	const rows = await db
		.select({ packageId: revisions.packageId })
		.from(revisions)
		.where(and(inArray(revisions.packageId, [...packageIds]), inArray(revisions.state, ['queued', 'importing'])));
	return new Set(rows.map(({ packageId }) => packageId));
}
