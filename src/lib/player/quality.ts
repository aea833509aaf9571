/**
 * How a lecture is fetched: by what the line carries, as little as possible with picture, sound alone, or always the rung
 * of this height (pixels of the shorter side, `480`).
 */
export type Quality = 'auto' | 'saver' | 'audio' | `${number}`;

/** A rung of the ladder as the master playlist lists it, lowest bitrate first. */
type Rung = Readonly<{ width?: number; height?: number }>;

/** Heights to choose from, highest first; empty for sound alone or a single rung. */
export function heightsOf(rungs: readonly Rung[]): number[] {
	const heights = [...new Set(rungs.map(shortSide))].filter((height) => height > 0).sort((a, b) => b - a);
	return heights.length > 1 ? heights : [];
}

/** Index of the rung that a quality asks for; -1 leaves it to the bandwidth. */
export function rungFor(quality: Quality, rungs: readonly Rung[]): number {
	if (quality === 'auto' || quality === 'audio') return -1;
	if (quality === 'saver') return 0;
	return rungs.findIndex((rung) => shortSide(rung) === Number(quality));
}

function shortSide({ width = 0, height = 0 }: Rung): number {
	return Math.min(width, height);
}
