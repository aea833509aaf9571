import * as v from 'valibot';

/** Most ranges one beat may carry; a device that was offline sends what is left over in the next beat. */
export const MAX_RANGES = 200;

/**
 * What the player tells the server every few seconds and whenever playing stops: all ranges played since the last beat
 * that was answered. Times are seconds of media with fractions; ranges are half-open. A duration is never taken from here.
 */
export const Heartbeat = v.object({
	playbackId: v.pipe(v.string(), v.uuid()),
	/** 1, 2, …: a beat with a number that was taken already changes nothing. */
	sequence: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000_000)),
	positionS: v.pipe(v.number(), v.finite(), v.minValue(0)),
	ranges: v.pipe(
		v.array(v.tuple([v.pipe(v.number(), v.finite()), v.pipe(v.number(), v.finite())])),
		v.maxLength(MAX_RANGES)
	)
});
export type Heartbeat = v.InferOutput<typeof Heartbeat>;

/** Answer to a beat (HTTP 200). 409 `learning.playback_taken_over` means that a newer device plays this lecture. */
export type HeartbeatAnswer = Readonly<{
	sequence: number;
	/** Whole percent, rounded down. */
	coveragePercent: number;
	isComplete: boolean;
	/** ISO instant of the server. */
	savedAt: string;
}>;

/** Answer to the start of a playback (HTTP 200). */
export type PlaybackAnswer = Readonly<{ playbackId: string; resumeAtS: number }>;
