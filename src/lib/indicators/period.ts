/** A stage of the plan, both days included, as `yyyy-mm-dd`. */
export type Stage = Readonly<{ code: string; startsOn: string; endsOn: string }>;

/** The days a figure is about: from the first up to and including the cut-off (ngày chốt). */
export type Window = Readonly<{ from: string; to: string }>;

/** From this day on the plan's Decision (766/QĐ-TTg) stands; activities of 2025 before it carry a flag. */
export const DECISION_DAY = '2025-04-15';

/** The first day of "lũy kế từ 2025". */
export const SINCE_THE_PLAN = '2025-01-01';

/** The stage a day lies in; before the first the first, after the last the last. Stages are in order of their days. */
export function stageOf<S extends Stage>(day: string, stages: readonly S[]): S | undefined {
	return stages.find(({ endsOn }) => day <= endsOn) ?? stages.at(-1);
}

/** Calendar years that a stage touches. */
export function yearsOf({ startsOn, endsOn }: Stage): number[] {
	const first = Number(startsOn.slice(0, 4));
	const last = Number(endsOn.slice(0, 4));
	return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/**
 * The window of a whole stage or of one of its years, up to the cut-off.
 * The cut-off is kept within the stage (or year): a later one means its last day, an earlier one its first.
 */
export function windowOf(stage: Stage, year: number | undefined, cutOff: string): Window {
	const from = year === undefined ? stage.startsOn : later(stage.startsOn, `${year}-01-01`);
	const end = year === undefined ? stage.endsOn : earlier(stage.endsOn, `${year}-12-31`);
	return { from, to: later(from, earlier(end, cutOff)) };
}

/** Last days of the months from the window's first day on; the last entry is the cut-off itself. */
export function monthEnds({ from, to }: Window): string[] {
	const ends: string[] = [];
	for (let month = from.slice(0, 7); month <= to.slice(0, 7); month = nextMonth(month)) {
		const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0));
		ends.push(earlier(last.toISOString().slice(0, 10), to));
	}
	return ends;
}

function nextMonth(month: string): string {
	const [year = 0, number = 0] = month.split('-').map(Number);
	return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

const earlier = (a: string, b: string) => (a < b ? a : b);
const later = (a: string, b: string) => (a > b ? a : b);
