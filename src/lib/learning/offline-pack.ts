import * as v from 'valibot';
import { Heartbeat } from './heartbeat.ts';

/** Days after a pack was issued in which a device may come back with what was watched in its seven days. */
export const RETURN_WITHIN_DAYS = 14;

/** Answer to the issue of a pack (HTTP 200). */
export type PackAnswer = Readonly<{ packId: string; expiresAt: string }>;

/** All ranges of a stored lesson that were watched and not answered yet; sending them again changes nothing. */
export const WatchedPack = v.object({
	packId: v.pipe(v.string(), v.uuid()),
	positionS: Heartbeat.entries.positionS,
	ranges: Heartbeat.entries.ranges
});
export type WatchedPack = v.InferOutput<typeof WatchedPack>;

/** Answer to what was watched (HTTP 200). */
export type WatchedPackAnswer = Readonly<{
	creditedS: number;
	/** Whole percent, rounded down. */
	coveragePercent: number;
	isComplete: boolean;
	/** ISO instant of the server. */
	savedAt: string;
}>;
