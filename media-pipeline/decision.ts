import { fpsOf, halvedTo, type FrameRate, type Rung } from './ladder.ts';

/** What a few short samples of a source told; all of them were encoded small, as the ladder would be. */
export type PictureAnalysis = Readonly<{
	/** Bits per pixel and frame at CRF 23, measured at `pixels` pixels. */
	bitsPerPixel: number;
	pixels: number;
	/** Share of frames that differ visibly from the one before, 0–1. */
	movingShare: number;
}>;

/** `still`: slides, a screen. `moving`: a person, a hall. `noisy`: more grain than any line carries. */
type Content = 'still' | 'moving' | 'noisy';

/** Why a size is made or not. */
type RungReason = 'smallest_useful' | 'pays' | 'lighter_not_needed' | 'too_close' | 'too_heavy';

/** What was decided for one source, with the reasons: kept beside the result and shown to whoever uploaded it. */
export type Decision = Readonly<{
	content: Content;
	bitsPerPixel: number;
	movingShare: number;
	/** Frames per second of the source and of the renditions. */
	sourceFps: number;
	fps: number;
	crf: number;
	preset: 'veryfast' | 'superfast';
	/** Every size that fits the source, largest first. */
	rungs: readonly { name: string; expectedKbps: number; isMade: boolean; reason: RungReason }[];
}>;

const STILL_SHARE = 0.15;
/** Where hardly anything moves, so many frames a second show a pointer and a turning page well enough. */
const STILL_FPS = 15;
/** A rendition as light as this, sound apart, plays on every line the product is made for; nothing below it helps. */
const LIGHT_KBPS = 60;
/** A size between others must be this much heavier than the one below it to be worth its encoding and storage. */
const STEP = 1.5;
/** Bits grow more slowly than pixels: large pictures are smoother. */
const GROWTH = 0.75;
/** Wanted rate over allowed rate, from which on the encoder would only be spending bits on grain. */
const NOISY_OVER_CAP = 2;
const TOO_HEAVY_OVER_CAP = 4;

/**
 * Decides sizes, quality and frame rate. Pure.
 * @param ladder every size that fits the source, largest first
 */
export function decide(
	analysis: PictureAnalysis,
	ladder: readonly Rung[],
	frameRate: FrameRate
): { decision: Decision; rungs: readonly Rung[]; frameRate: FrameRate } {
	const isStill = analysis.movingShare < STILL_SHARE;
	const rate = isStill ? halvedTo(frameRate, STILL_FPS) : frameRate;
	const wanted = (rung: Rung) => wantedKbps(analysis, rung, fpsOf(rate));
	const middle = ladder[Math.floor(ladder.length / 2)]!;
	const isNoisy = !isStill && wanted(middle) > NOISY_OVER_CAP * middle.maxRateKbps;
	const reasons = reasonsOf(ladder, wanted);
	const isMade = (rung: Rung) => ['smallest_useful', 'pays'].includes(reasons.get(rung)!);
	return {
		frameRate: rate,
		rungs: ladder.filter(isMade),
		decision: {
			content: isStill ? 'still' : isNoisy ? 'noisy' : 'moving',
			bitsPerPixel: analysis.bitsPerPixel,
			movingShare: analysis.movingShare,
			sourceFps: fpsOf(frameRate),
			fps: fpsOf(rate),
			crf: isNoisy ? 25 : 23,
			preset: isNoisy ? 'superfast' : 'veryfast', // a third less work, and under the cap hardly a difference
			rungs: ladder.map((rung) => ({
				name: rung.name,
				expectedKbps: Math.round(Math.min(wanted(rung), rung.maxRateKbps)),
				isMade: isMade(rung),
				reason: reasons.get(rung)!
			}))
		}
	};
}

function wantedKbps({ bitsPerPixel, pixels }: PictureAnalysis, { width, height }: Rung, fps: number): number {
	return (bitsPerPixel * pixels * fps * ((width * height) / pixels) ** GROWTH) / 1000;
}

function reasonsOf(ladder: readonly Rung[], wanted: (rung: Rung) => number): Map<Rung, RungReason> {
	const smallestFirst = ladder.toReversed();
	const expected = (rung: Rung) => Math.min(wanted(rung), rung.maxRateKbps);
	const light = smallestFirst.findLast((rung) => expected(rung) <= LIGHT_KBPS) ?? smallestFirst[0]!;
	const top = ladder[0]!;
	const reasons = new Map<Rung, RungReason>();
	let below = 0;
	for (const rung of smallestFirst) {
		const reason = reasonOf(rung);
		reasons.set(rung, reason);
		if (reason === 'smallest_useful' || reason === 'pays') below = expected(rung);
	}
	return reasons;

	function reasonOf(rung: Rung): RungReason {
		if (rung === light) return 'smallest_useful';
		if (below === 0) return 'lighter_not_needed';
		const isTooHeavy = wanted(rung) > TOO_HEAVY_OVER_CAP * rung.maxRateKbps;
		if (rung === top && isTooHeavy && ladder.length > 3) return 'too_heavy';
		return rung === top || expected(rung) >= below * STEP ? 'pays' : 'too_close';
	}
}
