import { sql } from 'drizzle-orm';
import { aggregateShares } from '#lib/indicators/aggregates.ts';
import { sumOfShares, type Share } from '#lib/indicators/share.ts';
import { unitLines, type OwnFigures } from '#lib/indicators/unit-table.ts';
import type { SubmissionMark, UnitRow } from '#lib/reporting/report-content.ts';
import type { CategoryName } from '../indicators/categories.ts';
import { activityFigures, aggregateRows, peopleFigures, subtreeUnits } from '../indicators/figures.ts';
import { peopleCtes, type PeopleSelection } from '../indicators/people-sql.ts';
import type { Database } from '../platform/database.ts';
import type { ReportWindows } from './report-window.ts';

type OwnShare = Share & Readonly<{ unitId: string; categoryCode: string }>;

/**
 * Biểu 05: the units one level below, people over the stage and activities within the period. Sums are of parts and wholes;
 * a unit without a report stays in the table.
 */
export async function unitRows(
	db: Database,
	selection: PeopleSelection,
	windows: ReportWindows,
	categories: readonly CategoryName[],
	submissions: ReadonlyMap<string, SubmissionMark>
): Promise<UnitRow[]> {
	const overStage = { ...selection, window: windows.sinceStage };
	const [units, people, named, aggregates, activities] = await Promise.all([
		subtreeUnits(db, overStage),
		peopleFigures(db, overStage),
		sharesByCategory(db, overStage),
		aggregateRows(db, overStage),
		activityFigures(db, { ...selection, window: windows.period })
	]);
	if (units.length < 2) return [];
	const inNumbers = aggregateShares(aggregates.rosters, aggregates.results);
	const categoryShares = [...named, ...inNumbers];
	const own = ownFigures([...people.byUnit, ...inNumbers], activities.byUnit);
	const byId = new Map(units.map((unit) => [unit.id, unit]));
	return unitLines(selection.unit.path, units, own).map((line) => {
		const unit = byId.get(line.id);
		const path = unit?.path ?? '';
		const inside = (unitId: string) => {
			const other = byId.get(unitId)?.path ?? '';
			return other === path || (!line.isDirect && other.startsWith(`${path}.`));
		};
		const ownShares = categoryShares.filter(({ unitId }) => inside(unitId));
		return {
			...{ id: line.id, code: line.code, name: line.name, type: unit?.type ?? '', isDirect: line.isDirect },
			trained: line.trained,
			byCategory: categories.map(({ code }) => ({
				code,
				share: sumOfShares(ownShares.filter(({ categoryCode }) => categoryCode === code))
			})),
			online: line.online,
			submission: submissions.get(line.id) ?? null
		};
	});
}

function ownFigures(
	trained: readonly (Share & { unitId: string })[],
	activities: readonly { unitId: string; counted: number; whole: number }[]
): Map<string, OwnFigures> {
	const none = { part: 0, whole: 0 };
	const own = new Map<string, OwnFigures>();
	const of = (unitId: string) => own.get(unitId) ?? { trained: none, online: none, completion: none };
	for (const { unitId, part, whole } of trained) {
		own.set(unitId, { ...of(unitId), trained: sumOfShares([of(unitId).trained, { part, whole }]) });
	}
	for (const { unitId, counted, whole } of activities) {
		own.set(unitId, { ...of(unitId), online: { part: counted, whole } });
	}
	return own;
}

async function sharesByCategory(db: Database, selection: PeopleSelection): Promise<OwnShare[]> {
	const rows = await db.execute<OwnShare>(sql`
		with ${peopleCtes(selection)}
		select base.unit_id as "unitId", t.code as "categoryCode", count(*)::int as whole, count(base.first_on)::int as part
		from base join target_category t on t.code = any(base.categories) group by 1, 2`);
	return [...rows];
}
