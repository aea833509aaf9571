const KIB = 1024;
const MIB = 1024 * KIB;

/** Pieces of an upload, bytes: small enough that a broken line costs little, large enough that a good one is kept busy. */
export const PIECE = { first: MIB, least: 256 * KIB, most: 8 * MIB };
/** How long a piece should be under way, seconds; lines in the mountains break about every half minute. */
const WANTED_S = 6;

/** Size of the next piece after one of `bytes` took `seconds`. At most four times larger, so that one lucky piece decides little. */
export function nextPiece(bytes: number, seconds: number): number {
	const wanted = (bytes / Math.max(seconds, 0.05)) * WANTED_S;
	return Math.round(Math.min(PIECE.most, Math.max(PIECE.least, Math.min(wanted, bytes * 4))));
}

/** Size of the next piece after one that was cut off. */
export function smallerPiece(bytes: number): number {
	return Math.max(PIECE.least, Math.round(bytes / 2));
}

type Sample = Readonly<{ atMs: number; bytes: number }>;

/** Speed of the last ten seconds, bytes per second; 0 until there is something to tell. */
export function openSpeedometer() {
	let samples: Sample[] = [];
	return {
		add(atMs: number, bytes: number): number {
			samples = [...samples.filter((sample) => atMs - sample.atMs < 10_000), { atMs, bytes }];
			const first = samples[0]!;
			const seconds = (atMs - first.atMs) / 1000;
			return seconds < 0.5 ? 0 : Math.max(0, (bytes - first.bytes) / seconds);
		},
		reset() {
			samples = [];
		}
	};
}
