import type { Share } from './share.ts';

/** A share as it stood at the end of a day, cumulated since the window began. */
export type CumulatedPoint = Readonly<{ day: string; share: Share }>;

/**
 * Where a share will stand on a day if things go on as they did: at the pace of the last six months, and between the slowest
 * and the fastest quarter of the last year. No statistics: a reader can check it on the table of months.
 */
export type Forecast = Readonly<{ day: string; expected: Share; low: Share; high: Share }>;

const DAY_MS = 86_400_000;
const QUARTER = 3;
const HALF_YEAR = 6;
const YEAR = 12;

/**
 * @param points month ends up to the cut-off, oldest first
 * @returns undefined with less than three months to go by, or where the day has come
 */
export function forecast(points: readonly CumulatedPoint[], until: string): Forecast | undefined {
	const now = points.at(-1);
	if (!now || until <= now.day || points.length <= QUARTER || now.share.whole === 0) return undefined;
	const last = points.length - 1;
	const expected = project(now, points[Math.max(0, last - HALF_YEAR)] ?? now, now, until);
	const quarters: Share[] = [expected];
	for (let to = last; to - QUARTER >= Math.max(0, last - YEAR); to--) {
		const [before, after] = [points[to - QUARTER], points[to]];
		if (before && after) quarters.push(project(now, before, after, until));
	}
	const ordered = quarters.toSorted(compare);
	return { day: until, expected, low: ordered[0] ?? expected, high: ordered.at(-1) ?? expected };
}

/** What is gained from one point to another, for as long as is left. */
function project(now: CumulatedPoint, before: CumulatedPoint, after: CumulatedPoint, until: string): Share {
	const times = days(now.day, until) / Math.max(1, days(before.day, after.day));
	const gain = (of: keyof Share) => Math.max(0, Math.round((after.share[of] - before.share[of]) * times));
	const whole = now.share.whole + gain('whole');
	return { part: Math.min(whole, now.share.part + gain('part')), whole };
}

const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;
const compare = (a: Share, b: Share) => a.part * b.whole - b.part * a.whole;
