import type { StoredRendition } from '../lectures/tables.ts';

/** Bytes a learner should expect: at the usual quality, with the data saver on, and listening only. */
export type LessonSize = Readonly<{ usualBytes: number; saverBytes: number; audioBytes: number | null }>;

/** Height, in pixels of the shorter side, that a phone usually plays. */
const USUAL_HEIGHT = 480;

/** Sizes of a lecture by how it is watched, or null where nothing is stored. */
export function lessonSize({ renditions }: { renditions: readonly StoredRendition[] }): LessonSize | null {
	const audio = renditions.find((rendition) => rendition.kind === 'audio');
	const videos = renditions
		.filter((rendition) => rendition.kind === 'video')
		.toSorted((a, b) => shortSide(a) - shortSide(b));
	const audioBytes = audio?.sizeBytes ?? null;
	const lowest = videos[0];
	if (!lowest) return audioBytes === null ? null : { usualBytes: audioBytes, saverBytes: audioBytes, audioBytes };
	const usual = videos.findLast((rendition) => shortSide(rendition) <= USUAL_HEIGHT) ?? lowest;
	return {
		usualBytes: usual.sizeBytes + (audioBytes ?? 0),
		saverBytes: lowest.sizeBytes + (audioBytes ?? 0),
		audioBytes
	};
}

function shortSide({ width, height }: StoredRendition): number {
	return Math.min(width ?? 0, height ?? 0);
}
