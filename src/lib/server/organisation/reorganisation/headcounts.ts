import { inArray, sql } from 'drizzle-orm';
import { type Journaled, noteBefore, noteCreated } from '../../audit/change-journal.ts';
import type { Database } from '../../platform/database.ts';
import { aggregateRosters } from '../tables.ts';
import type { UnitChange } from './change.ts';

const HEADCOUNTS: Journaled = {
	table: aggregateRosters,
	columns: ['unit_id', 'category_code', 'headcount', 'valid_from', 'valid_to']
};

/**
 * Head counts of units without names end with their unit; what its heir had and what comes to it are one number from
 * that day on, under the document of the reorganisation.
 */
export async function endHeadcounts(
	tx: Database,
	{ heirs }: UnitChange,
	{ setId, on, document }: { setId: string; on: string; document: { no: string; date: string } }
): Promise<void> {
	const heirOf = new Map(heirs.filter(({ takesPeople }) => takesPeople).map(({ fromId, toId }) => [fromId, toId]));
	const touched = [
		...new Set(heirs.flatMap(({ fromId, toId, takesPeople }) => (takesPeople ? [fromId, toId] : [fromId])))
	];
	if (touched.length === 0) return;
	const rows = await tx
		.select()
		.from(aggregateRosters)
		.where(
			sql`${inArray(aggregateRosters.unitId, touched)} and (${aggregateRosters.validTo} is null or ${aggregateRosters.validTo} > ${on})`
		)
		.for('update');
	const fromIds = new Set(heirs.map(({ fromId }) => fromId));
	const coming = rows.filter(({ unitId }) => fromIds.has(unitId));
	const categories = new Set(coming.map(({ unitId, categoryCode }) => `${heirOf.get(unitId)} ${categoryCode}`));
	const ending = rows.filter((row) => fromIds.has(row.unitId) || categories.has(`${row.unitId} ${row.categoryCode}`));
	if (ending.length === 0) return;
	const across = ending.filter(({ validFrom }) => validFrom < on).map(({ id }) => id);
	const later = ending.filter(({ validFrom }) => validFrom >= on).map(({ id }) => id);
	await noteBefore(tx, setId, HEADCOUNTS, [...across, ...later]);
	if (across.length > 0)
		await tx.update(aggregateRosters).set({ validTo: on }).where(inArray(aggregateRosters.id, across));
	// Entered for a time in which the unit was no more: a day long nowhere, so that nothing is lost and nothing counts.
	if (later.length > 0) {
		await tx
			.update(aggregateRosters)
			.set({ validTo: sql`${aggregateRosters.validFrom}` })
			.where(inArray(aggregateRosters.id, later));
	}
	const sums = new Map<string, { unitId: string; categoryCode: string; headcount: number }>();
	for (const { unitId, categoryCode, headcount } of ending) {
		const toId = heirOf.get(unitId) ?? (fromIds.has(unitId) ? undefined : unitId);
		if (!toId) continue;
		const key = `${toId} ${categoryCode}`;
		sums.set(key, { unitId: toId, categoryCode, headcount: (sums.get(key)?.headcount ?? 0) + headcount });
	}
	if (sums.size === 0) return;
	const made = await tx
		.insert(aggregateRosters)
		.values(
			[...sums.values()].map((sum) => ({ ...sum, documentNo: document.no, documentDate: document.date, validFrom: on }))
		)
		.returning({ id: aggregateRosters.id });
	await noteCreated(
		tx,
		setId,
		HEADCOUNTS,
		made.map(({ id }) => id)
	);
}
