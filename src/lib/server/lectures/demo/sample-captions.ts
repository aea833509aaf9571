import { slideTimes } from './compose.ts';
import type { SampleLecture } from './kc01-lessons.ts';

/** WebVTT of what the voice says: a cue per sentence, sharing its slide's time by length. */
export function sampleCaptions(lecture: SampleLecture): string {
	const cues: string[] = [];
	let start = 0;
	for (const [i, seconds] of slideTimes(lecture).entries()) {
		const { heading = '', spoken = '' } = lecture.slides[i] ?? {};
		const sentences = [`${heading}.`, ...spoken.split(/(?<=[.])\s+/)];
		const length = sentences.reduce((sum, { length }) => sum + length, 0);
		let from = start;
		for (const sentence of sentences) {
			const to = from + (seconds * sentence.length) / length;
			cues.push(`${stamp(from)} --> ${stamp(to)}\n${sentence}`);
			from = to;
		}
		start += seconds;
	}
	return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

function stamp(seconds: number): string {
	const ms = Math.round(seconds * 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	return `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
