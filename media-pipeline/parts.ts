import { keyframeEvery } from './ffmpeg-args.ts';
import type { Container } from './file-signature.ts';
import { fpsOf, type FrameRate, type Rung } from './ladder.ts';

/**
 * A piece of work on one source that any machine can do alone: the whole sound, or some renditions of a stretch of the
 * picture. Stretches begin with a segment, so their results join without a seam.
 */
export type Part = Readonly<{
	/** `audio`, `early-000`, `main-003`: also the folder of what it makes. */
	name: string;
	/** Renditions by name; `audio` alone for the sound. */
	renditions: readonly string[];
	/** Frames of the output that it makes; no end: up to the end of the picture. */
	fromFrame?: number;
	toFrame?: number;
	/** Seconds of work it stands for, to weigh progress. */
	weightS: number;
}>;

/** Segments in a stretch: what is lost at most when a machine dies, and what a further machine can take over. */
const SEGMENTS_PER_PART = 15;
/** A last stretch shorter than this share joins the one before. */
const SHORT_TAIL = 0.3;
/** From this length on the smallest rendition is made before the others: of less, waiting for all costs no patience. */
const EARLY_FROM_S = 90;
/** Only these find any moment quickly and exactly. */
const SEEKABLE: ReadonlySet<Container> = new Set<Container>(['mp4', 'matroska']);

/** Divides the work on a source. Pure: who goes on after a crash gets the same parts. */
export function partsOf(source: {
	container: Container;
	durationS: number;
	/** Of the picture itself, where it says so. */
	pictureS: number | undefined;
	hasAudio: boolean;
	rungs: readonly Rung[];
	frameRate: FrameRate | undefined;
}): Part[] {
	const { rungs, frameRate, durationS } = source;
	const audio: Part[] = source.hasAudio ? [{ name: 'audio', renditions: ['audio'], weightS: durationS / 20 }] : [];
	if (!frameRate || rungs.length === 0) return audio;
	const names = rungs.map(({ name }) => name);
	const isEarly = names.length > 1 && durationS >= EARLY_FROM_S;
	const stretches = stretchesOf(source, frameRate);
	const parts = (kind: string, renditions: readonly string[]): Part[] =>
		stretches.map((stretch, i) => ({
			...{ name: `${kind}-${String(i).padStart(3, '0')}`, renditions },
			...{ fromFrame: stretch.fromFrame, ...(stretch.toFrame !== undefined && { toFrame: stretch.toFrame }) },
			weightS: stretch.lengthS * (kind === 'early' ? 0.3 : 1)
		}));
	return isEarly
		? [...audio, ...parts('early', names.slice(-1)), ...parts('main', names.slice(0, -1))]
		: [...audio, ...parts('main', names)];
}

function stretchesOf(
	{ container, durationS, pictureS }: { container: Container; durationS: number; pictureS: number | undefined },
	frameRate: FrameRate
): { fromFrame: number; toFrame?: number; lengthS: number }[] {
	const fps = fpsOf(frameRate);
	const frames = keyframeEvery(frameRate) * SEGMENTS_PER_PART;
	const lengthS = frames / fps;
	const total = pictureS ?? durationS;
	const count = SEEKABLE.has(container) ? Math.max(1, Math.ceil(total / lengthS - SHORT_TAIL)) : 1;
	return Array.from({ length: count }, (_, i) => {
		const isLast = i === count - 1;
		return {
			fromFrame: i * frames,
			...(!isLast && { toFrame: (i + 1) * frames }),
			lengthS: isLast ? total - i * lengthS : lengthS
		};
	});
}
