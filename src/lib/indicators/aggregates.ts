/** Head count of one unit and category without names, in force on the cut-off. */
export type AggregateRosterRow = Readonly<{ unitId: string; categoryCode: string; headcount: number }>;

/** People of one unit and category first trained in the window, as that unit's document says. */
export type AggregateResultRow = Readonly<{
	unitId: string;
	categoryCode: string;
	trainedCount: number;
	completedOn: string;
}>;

/** One unit and category of "số liệu tổng hợp": trained is never more than the head count. */
export type AggregateShare = Readonly<{ unitId: string; categoryCode: string; part: number; whole: number }>;

/**
 * Joins head counts and results. Results without a roster count for nobody: there is no head they could belong to.
 * @param by only results completed on or before this day
 */
export function aggregateShares(
	rosters: readonly AggregateRosterRow[],
	results: readonly AggregateResultRow[],
	by = '9999-12-31'
): AggregateShare[] {
	const shares = new Map<string, { unitId: string; categoryCode: string; part: number; whole: number }>();
	for (const { unitId, categoryCode, headcount } of rosters) {
		const share = shares.get(`${unitId} ${categoryCode}`) ?? { unitId, categoryCode, part: 0, whole: 0 };
		shares.set(`${unitId} ${categoryCode}`, { ...share, whole: share.whole + headcount });
	}
	for (const { unitId, categoryCode, trainedCount, completedOn } of results) {
		const share = shares.get(`${unitId} ${categoryCode}`);
		if (share && completedOn <= by) share.part += trainedCount;
	}
	return [...shares.values()].map((share) => ({ ...share, part: Math.min(share.part, share.whole) }));
}
