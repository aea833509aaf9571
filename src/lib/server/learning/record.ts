import type { Context } from '../platform/context.ts';
import { listOwnParticipations } from '../training/queries.ts';
import { ownPersonId } from './own-class.ts';

/**
 * The actor's own learning record (hồ sơ học tập): every class taken part in, whatever its mode, newest first, and the
 * tiết completed per year of completion (one tiết is 45 minutes).
 */
export async function getLearningRecord(ctx: Context) {
	const rows = await listOwnParticipations(ctx.db, ownPersonId(ctx.actor));
	const periodsByYear = new Map<string, number>();
	for (const row of rows) {
		if (!row.completedOn) continue;
		const year = row.completedOn.slice(0, 4);
		periodsByYear.set(year, (periodsByYear.get(year) ?? 0) + row.teachingPeriods);
	}
	return {
		rows: rows
			.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))
			.map(
				({
					participationId,
					activityId,
					source,
					attendedOn,
					title,
					organiserName,
					mode,
					startsOn,
					dueOn,
					teachingPeriods,
					completedOn,
					status,
					courseVersionId
				}) => ({
					id: participationId,
					activityId,
					isRateable: source === 'own' && (completedOn !== null || attendedOn !== null),
					title,
					organiser: organiserName,
					mode,
					startsOn,
					dueOn,
					teachingPeriods,
					completedOn,
					status,
					isOnline: courseVersionId !== null
				})
			),
		years: [...periodsByYear].toSorted(([a], [b]) => b.localeCompare(a)).map(([year, periods]) => ({ year, periods }))
	};
}
