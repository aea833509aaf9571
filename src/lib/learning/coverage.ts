/** Half-open range of whole seconds from the start of a lecture: [start, end). */
export type SecondRange = readonly [startS: number, endS: number];

/** Sorted, disjoint, non-touching ranges: the set of distinct seconds, as PostgreSQL's int4multirange keeps it. */
export type SecondSet = readonly SecondRange[];

/** Fastest speed the player offers; what wall-clock time can pay for. */
const MAX_SPEED = 2;

/**
 * Slack for timers and rounding: 0.2 s per second that passed, at most 2 s per beat. It grows with time and so cannot be
 * harvested by starting playbacks over and over.
 */
const SLACK_PER_S = 0.2;
const MAX_SLACK_S = 2;

/** Longest time since the last beat that can still pay for ranges; a device may be without a network for this long. */
export const MAX_OFFLINE_S = 12 * 60 * 60;

/** Whole seconds that `elapsedS` of wall-clock time can have played. */
export function playableSeconds(elapsedS: number): number {
	const counted = Math.min(Math.max(elapsedS, 0), MAX_OFFLINE_S);
	return Math.floor(counted * MAX_SPEED + Math.min(counted * SLACK_PER_S, MAX_SLACK_S));
}

/**
 * Whole seconds touched by claimed ranges (fractions allowed), inside a lecture of `totalS` seconds. Edges round outward,
 * so that a second cut by two beats is not lost; the wall clock bounds what that could gain.
 */
export function claimedSeconds(ranges: readonly (readonly [number, number])[], totalS: number): SecondSet {
	return normalise(
		ranges
			.filter(([start, end]) => Number.isFinite(start) && Number.isFinite(end) && end > start)
			.map(([start, end]): SecondRange => [Math.max(0, Math.floor(start)), Math.min(totalS, Math.ceil(end))])
	);
}

/** Sorts and joins ranges into a set; drops empty ones. */
export function normalise(ranges: readonly SecondRange[]): SecondSet {
	const sorted = ranges.filter(([start, end]) => end > start).sort((a, b) => a[0] - b[0]);
	const joined: [number, number][] = [];
	for (const [start, end] of sorted) {
		const last = joined.at(-1);
		if (last && start <= last[1]) last[1] = Math.max(last[1], end);
		else joined.push([start, end]);
	}
	return joined;
}

/** Seconds of `set` that are not in `known`. */
export function without(set: SecondSet, known: SecondSet): SecondSet {
	const left: SecondRange[] = [];
	for (const [start, end] of set) {
		let from = start;
		for (const [knownStart, knownEnd] of known) {
			if (knownEnd <= from || knownStart >= end) continue;
			if (knownStart > from) left.push([from, knownStart]);
			from = Math.max(from, knownEnd);
		}
		if (from < end) left.push([from, end]);
	}
	return left;
}

/** The first `count` seconds of a set. */
function firstSeconds(set: SecondSet, count: number): SecondSet {
	const taken: SecondRange[] = [];
	let left = count;
	for (const [start, end] of set) {
		if (left <= 0) break;
		taken.push([start, Math.min(end, start + left)]);
		left -= end - start;
	}
	return taken;
}

/** Number of seconds in a set. */
export function secondsIn(set: SecondSet): number {
	return set.reduce((sum, [start, end]) => sum + end - start, 0);
}

/**
 * What a beat is credited: claimed seconds that are new, as many as wall-clock time since the last beat can have played,
 * earliest first.
 */
export function credit(claimed: SecondSet, watched: SecondSet, elapsedS: number): SecondSet {
	return firstSeconds(without(claimed, watched), playableSeconds(elapsedS));
}

/** How long a lesson stored on a device may be watched from the moment the server gave it out. */
export const PACK_DAYS = 7;

/**
 * What a stored lesson is credited when its device is back: claimed seconds that are new, earliest first, so that the
 * lesson never gains more since the pack was issued than that time can have played, by whatever way it gained it.
 * @param elapsedS since the pack was issued; no more than `PACK_DAYS` count
 * @param gainedS seconds of the lesson credited since then already, online or by this pack
 */
export function creditPack(claimed: SecondSet, watched: SecondSet, elapsedS: number, gainedS: number): SecondSet {
	const countedS = Math.min(Math.max(elapsedS, 0), PACK_DAYS * 24 * 60 * 60);
	return firstSeconds(without(claimed, watched), Math.floor(countedS * MAX_SPEED) - gainedS);
}

/** Seconds that may lie between what was watched and what is claimed next: beats cut at whole seconds. */
const STEP_S = 2;

/**
 * Claimed seconds of a lecture that nobody may skip in: what joins what was watched before, from the start on. A range
 * that begins further ahead is dropped, and so are those behind it until the gap is watched.
 */
export function withinReach(claimed: SecondSet, watched: SecondSet): SecondSet {
	let reachS = watched.at(-1)?.[1] ?? 0;
	return claimed.filter(([start, end]) => {
		if (start > reachS + STEP_S) return false;
		reachS = Math.max(reachS, end);
		return true;
	});
}

/** True when so much of the lecture was watched. Integers: no rounding may complete a lesson. */
export function isCovered(watchedS: number, totalS: number, thresholdPercent: number): boolean {
	return totalS > 0 && watchedS * 100 >= thresholdPercent * totalS;
}

/** Share watched as a whole percent, rounded down. */
export function coveragePercent(watchedS: number, totalS: number): number {
	return totalS > 0 ? Math.floor((Math.min(watchedS, totalS) * 100) / totalS) : 0;
}

/** Reads PostgreSQL's text form `{[0,10),[25,40)}`. */
export function parseSecondSet(text: string): SecondSet {
	return [...text.matchAll(/\[(\d+),(\d+)\)/g)].map((match): SecondRange => [Number(match[1]), Number(match[2])]);
}

/** Writes PostgreSQL's text form. */
export function formatSecondSet(set: SecondSet): string {
	return `{${set.map(([start, end]) => `[${start},${end})`).join(',')}}`;
}
