import { aggregateShares, type AggregateResultRow, type AggregateRosterRow } from '#lib/indicators/aggregates.ts';
import type { TargetsFilter } from '#lib/indicators/input.ts';
import { forecast, type Forecast } from '#lib/indicators/forecast.ts';
import { monthEnds } from '#lib/indicators/period.ts';
import { onlineSentence, trainedSentence } from '#lib/indicators/sentences.ts';
import { sumOfShares, verdict, type Share, type Verdict } from '#lib/indicators/share.ts';
import { missingOnlineActivities, missingPeople } from '#lib/indicators/shortfall.ts';
import { sortUnitLines, unitLines, type OwnFigures, type UnitLine } from '#lib/indicators/unit-table.ts';
import { listCategories, type CategoryName } from './categories.ts';
import { completionRates } from './completion-rate.ts';
import {
	activityFigures,
	aggregateRows,
	countExternal,
	peopleFigures,
	subtreeUnits,
	type ActivityFigures,
	type PeopleFigures
} from './figures.ts';
import type { Context } from '../platform/context.ts';
import { selectTargets, type Selection } from './selection.ts';
import type { TargetRow } from './settings.ts';

/** One of the two shares with its target. `missing` is undefined where nothing more can meet the target. */
export type TargetFigure = Readonly<{ share: Share; target?: TargetRow; verdict: Verdict; missing?: number }>;

/** People of the roster by category, those in numbers only apart. */
type CategoryLine = Readonly<{ code: string; nameVi: string; nameEn: string; share: Share; aggregate: Share }>;

/** Cumulated shares at a month's end: of the cut-off's roster, and of the activities ended until then. */
type TrendPoint = Readonly<{ day: string; trained: Share; online: Share }>;

/** All that the targets page shows. */
export type TargetsPage = Readonly<{
	selection: Selection;
	trained: TargetFigure;
	/** The part of `trained` known in numbers only. */
	aggregate: Share;
	trainedInYear: Share;
	trainedSincePlan: Share;
	/** By the province's rule. */
	online: TargetFigure;
	onlineStrict: Share;
	/** As if every hybrid class were online. */
	onlineUpper: Share;
	onlineInYear: Share;
	hybridCount: number;
	earlyCount: number;
	externalCount: number;
	attendances: number;
	completion: Share;
	units: readonly UnitLine[];
	categories: readonly CategoryLine[];
	trend: readonly TrendPoint[];
	/** On the last day of the stage, at the present pace; absent for a part of the stage or with too few months. */
	forecast: Readonly<{ trained?: Forecast; online?: Forecast }>;
	sentences: Readonly<{ trained: string; online: string }>;
}>;

/** Everything as of the cut-off, read live: no figure is stored. */
export async function getTargetsPage(ctx: Context, filter: TargetsFilter): Promise<TargetsPage> {
	const selection = await selectTargets(ctx, filter);
	const [people, activities, rates, externalCount, aggregates, units, categories] = await Promise.all([
		peopleFigures(ctx.db, selection),
		activityFigures(ctx.db, selection),
		completionRates(ctx.db, selection),
		countExternal(ctx.db, selection),
		aggregateRows(ctx.db, selection),
		subtreeUnits(ctx.db, selection),
		listCategories(ctx.db)
	]);
	const inNumbers = aggregateShares(aggregates.rosters, aggregates.results);
	const named = sumOfShares(people.byUnit);
	const aggregate = sumOfShares(inNumbers);
	const total = totalActivities(activities.byUnit);
	const { trained, online } = bothFigures(selection, sumOfShares([named, aggregate]), total);
	const points = trend(selection, people, activities, aggregates, named.whole);
	const lines = unitLines(selection.unit.path, units, ownFigures(people, activities, rates, inNumbers));
	return {
		selection,
		trained,
		aggregate,
		trainedInYear: plus(people.inYear, named, inYear(aggregates, selection)),
		trainedSincePlan: plus(people.sincePlan, named, aggregate),
		online,
		onlineStrict: { part: total.online, whole: total.whole },
		onlineUpper: { part: total.online + total.hybrid, whole: total.whole },
		onlineInYear: onlineInYear(activities, selection),
		hybridCount: total.hybrid,
		earlyCount: total.early,
		externalCount,
		attendances: total.attendances,
		completion: sumOfShares(rates),
		units: sortUnitLines(lines, filter.sort ?? 'name', selection.rule.smallUnitActivities),
		categories: categoryLines(categories, people, inNumbers),
		trend: points,
		forecast: forecasts(selection, points),
		sentences: sentences(selection, trained, online, total.hybrid, total.attendances)
	};
}

/** The two targets alone, of the stage so far and of the actor's units: what those who answer for them look at first. */
export async function getBothTargets(ctx: Context): Promise<Pick<TargetsPage, 'selection' | 'trained' | 'online'>> {
	const selection = await selectTargets(ctx, { isSincePlan: false, page: 1, isDirect: false });
	const [people, activities, { rosters, results }] = await Promise.all([
		peopleFigures(ctx.db, selection),
		activityFigures(ctx.db, selection),
		aggregateRows(ctx.db, selection)
	]);
	const roster = sumOfShares([...people.byUnit, ...aggregateShares(rosters, results)]);
	return { selection, ...bothFigures(selection, roster, totalActivities(activities.byUnit)) };
}

function bothFigures(selection: Selection, people: Share, { counted, whole }: { counted: number; whole: number }) {
	return {
		trained: targetFigure(selection, 'trained_share', people),
		online: targetFigure(selection, 'online_share', { part: counted, whole })
	};
}

function targetFigure(selection: Selection, indicator: TargetRow['indicator'], share: Share): TargetFigure {
	const target = selection.targets.find((row) => row.indicator === indicator);
	if (!target) return { share, verdict: 'none' };
	const missing = indicator === 'trained_share' ? missingPeople(share, target) : missingOnlineActivities(share, target);
	return { share, target, verdict: verdict(share, target), missing };
}

function totalActivities(byUnit: ActivityFigures['byUnit']) {
	const sum = { whole: 0, online: 0, hybrid: 0, counted: 0, early: 0, attendances: 0 };
	for (const row of byUnit) {
		sum.whole += row.whole;
		sum.online += row.online;
		sum.hybrid += row.hybrid;
		sum.counted += row.counted;
		sum.early += row.early;
		sum.attendances += row.attendances;
	}
	return sum;
}

function ownFigures(
	people: PeopleFigures,
	activities: ActivityFigures,
	rates: readonly (Share & { unitId: string })[],
	inNumbers: readonly (Share & { unitId: string })[]
): Map<string, OwnFigures> {
	const none = { part: 0, whole: 0 };
	const own = new Map<string, OwnFigures>();
	const put = (unitId: string, figures: Partial<OwnFigures>) =>
		own.set(unitId, { ...(own.get(unitId) ?? { trained: none, online: none, completion: none }), ...figures });
	for (const { unitId, part, whole } of people.byUnit) put(unitId, { trained: { part, whole } });
	for (const { unitId, part, whole } of inNumbers)
		put(unitId, { trained: sumOfShares([own.get(unitId)?.trained ?? none, { part, whole }]) });
	for (const { unitId, counted, whole } of activities.byUnit) put(unitId, { online: { part: counted, whole } });
	for (const { unitId, part, whole } of rates) put(unitId, { completion: { part, whole } });
	return own;
}

function categoryLines(
	categories: readonly CategoryName[],
	people: PeopleFigures,
	inNumbers: readonly (Share & { categoryCode: string })[]
): CategoryLine[] {
	return categories.map(({ code, nameVi, nameEn }) => {
		const { part = 0, whole = 0 } = people.byCategory.find(({ categoryCode }) => categoryCode === code) ?? {};
		const aggregate = sumOfShares(inNumbers.filter(({ categoryCode }) => categoryCode === code));
		return { code, nameVi, nameEn, share: sumOfShares([{ part, whole }, aggregate]), aggregate };
	});
}

function forecasts({ stage, year, isSincePlan }: Selection, points: readonly TrendPoint[]): TargetsPage['forecast'] {
	if (year !== undefined || isSincePlan) return {};
	const of = (key: 'trained' | 'online') =>
		forecast(
			points.map((point) => ({ day: point.day, share: point[key] })),
			stage.endsOn
		);
	const [trained, online] = [of('trained'), of('online')];
	return { ...(trained && { trained }), ...(online && { online }) };
}

type Aggregates = Readonly<{ rosters: readonly AggregateRosterRow[]; results: readonly AggregateResultRow[] }>;

function inYear({ rosters, results }: Aggregates, { window }: Selection): Share {
	const year = window.to.slice(0, 4);
	return sumOfShares(
		aggregateShares(
			rosters,
			results.filter(({ completedOn }) => completedOn.startsWith(year))
		)
	);
}

function onlineInYear({ byMonth }: ActivityFigures, { window }: Selection): Share {
	const months = byMonth.filter(({ month }) => month.startsWith(window.to.slice(0, 4)));
	return sumOfShares(months.map(({ counted, whole }) => ({ part: counted, whole })));
}

const plus = (part: number, named: Share, aggregate: Share): Share => ({
	part: part + aggregate.part,
	whole: named.whole + aggregate.whole
});

function trend(
	{ window }: Selection,
	people: PeopleFigures,
	activities: ActivityFigures,
	{ rosters, results }: Aggregates,
	namedWhole: number
): TrendPoint[] {
	const points = monthEnds(window).map((day) => {
		const until = <T extends { month: string }>(rows: readonly T[]) =>
			rows.filter(({ month }) => month <= day.slice(0, 7));
		const named = until(people.byMonth).reduce((sum, { part }) => sum + part, 0);
		return {
			day,
			trained: plus(named, { part: 0, whole: namedWhole }, sumOfShares(aggregateShares(rosters, results, day))),
			online: sumOfShares(until(activities.byMonth).map(({ counted, whole }) => ({ part: counted, whole })))
		};
	});
	const first = points.findIndex(({ trained, online }) => trained.part > 0 || online.whole > 0);
	return points.slice(Math.max(0, first - 1)); // the months before anything happened say nothing
}

function sentences(
	{ window, unit, rule }: Selection,
	trained: TargetFigure,
	online: TargetFigure,
	hybridCount: number,
	attendances: number
) {
	const figures = {
		window,
		unitName: unit.name,
		isProvince: unit.isProvince,
		trained: trained.share,
		trainedTarget: trained.target,
		online: online.share,
		onlineTarget: online.target,
		hybridCount,
		attendances,
		hybridRule: rule.hybridRule,
		guidingDocument: rule.guidingDocument ?? undefined
	};
	return { trained: trainedSentence(figures), online: onlineSentence(figures) };
}
