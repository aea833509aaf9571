/** Frames per second as a fraction, since 29.97 is 30000/1001. */
export type FrameRate = Readonly<{ numerator: number; denominator: number }>;

/** What the ladder needs to know of a picture: as people see it, after rotation and pixel aspect. */
export type Picture = Readonly<{ width: number; height: number }>;

/** One video rendition to make. `name` says the shorter side: `720p` is 1280×720, and 720×1280 held upright. */
export type Rung = Readonly<{ name: string; width: number; height: number; maxRateKbps: number }>;

/** Shorter sides offered, and the most each may cost at 16:9. Quality is constant (CRF): slides stay far below. */
const STEPS: readonly { shortSide: number; maxRateKbps: number }[] = [
	{ shortSide: 240, maxRateKbps: 200 },
	{ shortSide: 360, maxRateKbps: 500 },
	{ shortSide: 480, maxRateKbps: 1000 },
	{ shortSide: 720, maxRateKbps: 2400 },
	{ shortSide: 1080, maxRateKbps: 4500 }
];

/** The largest shorter side that is served; larger sources are scaled down. */
export const LARGEST_SHORT_SIDE = 1080;

const MAX_FPS = 30;
/** Up to here a rate is "30, badly measured" and is capped; above it every second frame is dropped, evenly. */
const HALVE_ABOVE_FPS = 33;

/**
 * The renditions of a picture, largest first. Never larger than the source; the smallest is min(240, source).
 * All that fit: which of them pay for a given picture is the matter of `decision.ts`.
 */
export function ladderFor({ width, height }: Picture): Rung[] {
	const sourceShortSide = Math.min(width, height);
	const fitting = STEPS.filter(({ shortSide }) => shortSide <= sourceShortSide);
	const steps = fitting.length > 0 ? fitting : [{ ...STEPS[0]!, shortSide: even(sourceShortSide) }];
	return steps.toReversed().map(({ shortSide, maxRateKbps }) => {
		const sourceLongSide = Math.max(width, height);
		const longSide = Math.min(nearestEven((sourceLongSide * shortSide) / sourceShortSide), even(sourceLongSide));
		const areaRatio = longSide / (shortSide * (16 / 9));
		return {
			name: `${shortSide}p`,
			width: width >= height ? longSide : shortSide,
			height: width >= height ? shortSide : longSide,
			maxRateKbps: Math.max(100, Math.round(maxRateKbps * Math.min(areaRatio, 2)))
		};
	});
}

/** H.264 4:2:0 needs even sides. Rounds down: never above the source. */
function even(pixels: number): number {
	return Math.max(2, Math.floor(pixels / 2) * 2);
}

function nearestEven(pixels: number): number {
	return Math.max(2, Math.round(pixels / 2) * 2);
}

/** Standard rates a variable frame rate is levelled to. */
const STANDARD_FPS = [1, 2, 5, 10, 12, 15, 20, 24, 25, 30];

/**
 * The constant frame rate of all renditions: the source's, 60 and 50 halved, at most 30, at least 1.
 * A variable source gets its nominal rate where that is believable (a screen recording at "up to 30"),
 * else the next standard rate above its average.
 */
export function outputFrameRate(
	source: Readonly<{ average: FrameRate; nominal: FrameRate; isVariable: boolean }>
): FrameRate {
	let rate = source.nominal;
	if (source.isVariable && fpsOf(rate) > 60) {
		const average = fpsOf(source.average);
		rate = { numerator: STANDARD_FPS.find((fps) => fps >= average * 0.99) ?? MAX_FPS, denominator: 1 };
	}
	rate = halvedTo(rate, HALVE_ABOVE_FPS);
	if (fpsOf(rate) > MAX_FPS) return { numerator: MAX_FPS, denominator: 1 };
	return fpsOf(rate) < 1 ? { numerator: 1, denominator: 1 } : reduced(rate);
}

/** The rate halved, evenly, until it is at most `fps`. */
export function halvedTo(rate: FrameRate, fps: number): FrameRate {
	let { denominator } = rate;
	while (rate.numerator / denominator > fps) denominator *= 2;
	return reduced({ numerator: rate.numerator, denominator });
}

function reduced({ numerator, denominator }: FrameRate): FrameRate {
	let [a, b] = [numerator, denominator];
	while (b !== 0) [a, b] = [b, a % b];
	return { numerator: numerator / a, denominator: denominator / a };
}

/** A frame rate as a plain number. */
export function fpsOf({ numerator, denominator }: FrameRate): number {
	return denominator === 0 ? 0 : numerator / denominator;
}
