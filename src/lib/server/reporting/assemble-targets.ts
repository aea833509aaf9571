import { aggregateShares } from '#lib/indicators/aggregates.ts';
import type { Window } from '#lib/indicators/period.ts';
import { sumOfShares, verdict, type Share } from '#lib/indicators/share.ts';
import type { TargetRow } from '#lib/reporting/report-content.ts';
import { activityFigures, aggregateRows, peopleFigures } from '../indicators/figures.ts';
import type { TargetRow as Target } from '../indicators/settings.ts';
import type { PeopleSelection } from '../indicators/people-sql.ts';
import type { Database } from '../platform/database.ts';
import type { ReportWindows } from './report-window.ts';

/** The two shares over one window, from the functions of the targets page. */
type WindowFigures = Readonly<{
	trained: Share;
	/** By the province's rule, and as if every hybrid activity were online. */
	online: Share;
	upper: Share;
	hybrid: number;
	early: number;
}>;

/** Figures of one window, also those known in numbers only. */
async function windowFigures(db: Database, selection: PeopleSelection, window: Window): Promise<WindowFigures> {
	const within = { ...selection, window };
	const [people, activities, aggregates] = await Promise.all([
		peopleFigures(db, within),
		activityFigures(db, within),
		aggregateRows(db, within)
	]);
	const sum = (count: (row: (typeof activities.byUnit)[number]) => number) =>
		activities.byUnit.reduce((total, row) => total + count(row), 0);
	const whole = sum((row) => row.whole);
	return {
		trained: sumOfShares([...people.byUnit, ...aggregateShares(aggregates.rosters, aggregates.results)]),
		online: { part: sum(({ counted }) => counted), whole },
		upper: { part: sum(({ online, hybrid }) => online + hybrid), whole },
		hybrid: sum(({ hybrid }) => hybrid),
		early: sum(({ early }) => early)
	};
}

/** Both shares over the stage and, where it is shorter, within the period; and the same a year before. */
export type ReportFigures = Readonly<{ stage: WindowFigures; period: WindowFigures; periodBefore: WindowFigures }>;

/** Biểu 02 with the figures it is made of. */
export async function targetRows(
	db: Database,
	selection: PeopleSelection,
	windows: ReportWindows,
	targets: readonly Target[]
): Promise<{ rows: TargetRow[]; figures: ReportFigures }> {
	const of = (window: Window) => windowFigures(db, selection, window);
	const [stage, period, stageBefore, periodBefore] = await Promise.all([
		of(windows.sinceStage),
		of(windows.period),
		windows.sinceStageBefore.to < windows.sinceStageBefore.from ? NOTHING : of(windows.sinceStageBefore),
		of(windows.periodBefore)
	]);
	const rows = (['trained_share', 'online_share'] as const).flatMap((indicator) => {
		const target = targets.find((row) => row.indicator === indicator);
		const row = rowMaker(indicator, target);
		const overStage = row('stage', stage, stageBefore);
		return windows.period.from === windows.sinceStage.from
			? [overStage]
			: [overStage, row('period', period, periodBefore)];
	});
	return { rows, figures: { stage, period, periodBefore } };
}

const NONE: Share = { part: 0, whole: 0 };
/** Before the plan's stage began there was nothing to compare with. */
const NOTHING: WindowFigures = { trained: NONE, online: NONE, upper: NONE, hybrid: 0, early: 0 };

function rowMaker(indicator: TargetRow['indicator'], target: Target | undefined) {
	const isPeople = indicator === 'trained_share';
	const shareOf = (figures: WindowFigures) => (isPeople ? figures.trained : figures.online);
	return (span: TargetRow['span'], figures: WindowFigures, before: WindowFigures): TargetRow => ({
		indicator,
		span,
		wording: target?.wording ?? '',
		comparison: target?.comparison ?? 'above',
		percent: target?.percent ?? null,
		share: shareOf(figures),
		verdict: target && !(isPeople && span === 'period') ? verdict(shareOf(figures), target) : null,
		upper: isPeople ? null : figures.upper,
		lastYear: shareOf(before)
	});
}
