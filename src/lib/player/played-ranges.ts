import { normalise, type SecondRange } from '#lib/learning/coverage.ts';

/** What the media element said, and when. */
export type Observation = Readonly<{
	/** `moving`: it plays on; `stopped`: pause, stall or end; `jumped`: the position is a new one (seek, new source). */
	kind: 'moving' | 'stopped' | 'jumped';
	/** Position in the media, in seconds. */
	positionS: number;
	/** A monotonic clock in milliseconds (`performance.now()`): the wall clock of a phone may be set at any moment. */
	atMs: number;
	/** Playback speed up to this moment. */
	rate: number;
}>;

/** How far the position may run ahead of clock × speed before it is taken for a jump: timers of a busy phone are late. */
const SLACK_S = 1;

/**
 * Which parts of a lecture were really played, as half-open ranges [start, end) of media seconds with one decimal. Every
 * step must be explained by the time that passed, so a seek, however it comes about, is never bridged. The server checks
 * the same against its own clock; this only keeps an honest player honest.
 */
export function trackPlayed() {
	let last: Observation | undefined;
	let ranges: readonly SecondRange[] = [];

	return {
		observe(now: Observation): void {
			if (last?.kind !== 'stopped' && last && now.kind !== 'jumped') {
				const played = now.positionS - last.positionS;
				const possible = ((now.atMs - last.atMs) / 1000) * Math.max(now.rate, last.rate) + SLACK_S;
				if (played > 0 && played <= possible) {
					ranges = normalise([...ranges, [tenths(last.positionS), tenths(now.positionS)]]);
				}
			}
			last = now;
		},
		/** What was played since the last call, sorted and joined. */
		take(): readonly SecondRange[] {
			const taken = ranges;
			ranges = [];
			return taken;
		}
	};
}

function tenths(seconds: number): number {
	return Math.round(seconds * 10) / 10;
}
