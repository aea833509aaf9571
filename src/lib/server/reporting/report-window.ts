import { stageOf, type Window } from '#lib/indicators/period.ts';
import type { StageRow } from '../indicators/settings.ts';

/** The days that the figures of a report are about, all of them ending on the same day. */
export type ReportWindows = Readonly<{
	stage: StageRow;
	/** Within the period alone. */
	period: Window;
	/** From the first day of the plan's stage. */
	sinceStage: Window;
	/** The same two, a year before. */
	periodBefore: Window;
	sinceStageBefore: Window;
}>;

/**
 * @param cutOff figures end on it, or on the period's last day where that is earlier: what happened afterwards belongs to
 * the next report
 */
export function reportWindows(from: string, to: string, cutOff: string, stages: readonly StageRow[]): ReportWindows {
	const last = cutOff < to ? cutOff : to;
	const end = last < from ? from : last;
	const stage = stageOf(end, stages);
	if (!stage) throw new Error('the plan has no stages');
	const before = yearBefore(end);
	return {
		stage,
		period: { from, to: end },
		sinceStage: { from: stage.startsOn, to: end },
		periodBefore: { from: yearBefore(from), to: before },
		sinceStageBefore: { from: stage.startsOn, to: before }
	};
}

/** The same day a year earlier; 29/02 becomes 28/02. */
function yearBefore(day: string): string {
	const year = Number(day.slice(0, 4)) - 1;
	return day.endsWith('-02-29') ? `${year}-02-28` : `${year}${day.slice(4)}`;
}
