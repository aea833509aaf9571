import type { Chapter } from '#lib/lectures/chapters.ts';
import type { Cue } from '#lib/lectures/cues.ts';
import { slideTimes } from './compose.ts';
import type { SampleLecture } from './kc01-lessons.ts';

/** Captions of what the voice says: a line per sentence, sharing its slide's time by length. */
export function sampleCaptions(lecture: SampleLecture): Cue[] {
	const cues: Cue[] = [];
	let start = 0;
	for (const [i, seconds] of slideTimes(lecture).entries()) {
		const { heading = '', spoken = '' } = lecture.slides[i] ?? {};
		const sentences = [`${heading}.`, ...spoken.split(/(?<=[.])\s+/)];
		const length = sentences.reduce((sum, { length }) => sum + length, 0);
		let from = start;
		for (const sentence of sentences) {
			const to = from + (seconds * sentence.length) / length;
			cues.push({ startMs: Math.round(from * 1000), endMs: Math.round(to * 1000), text: sentence });
			from = to;
		}
		start += seconds;
	}
	return cues;
}

/** A chapter per slide. */
export function sampleChapters(lecture: SampleLecture): Chapter[] {
	let startS = 0;
	return slideTimes(lecture).map((seconds, i) => {
		const chapter = { startS: Math.floor(startS), title: lecture.slides[i]?.heading ?? '' };
		startS += seconds;
		return chapter;
	});
}
