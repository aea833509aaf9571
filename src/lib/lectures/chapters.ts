import { tidy } from '../text/fold.ts';
import { readStamp, webVtt, type Cue } from './cues.ts';

/** A part of a lecture: whole seconds from its start, and its heading. */
export type Chapter = Readonly<{ startS: number; title: string }>;

const MAX_CHAPTERS = 100;
const MAX_TITLE_CHARS = 120;

/**
 * Chapters as people type them, one a line: `2:30 Hai giai đoạn thực hiện`. Empty text means none.
 * @returns the chapters in order of time, or what is wrong with which line
 */
export function parseChapters(text: string): readonly Chapter[] | { code: string; line: number } {
	const chapters: Chapter[] = [];
	for (const [i, typed] of text.split(/\r?\n/).entries()) {
		if (!typed.trim()) continue;
		const [, time = '', rest = ''] = /^\s*(\S+)(?:\s+(.*))?$/.exec(typed) ?? [];
		const ms = readStamp(time);
		const title = tidy(rest.replace(/^[-–:.]\s+/, ''));
		const line = i + 1;
		if (ms === undefined) return { code: 'chapters.bad_time', line };
		if (!title || title.length > MAX_TITLE_CHARS) return { code: 'chapters.bad_title', line };
		if (chapters.some(({ startS }) => startS === Math.floor(ms / 1000))) return { code: 'chapters.same_time', line };
		chapters.push({ startS: Math.floor(ms / 1000), title });
		if (chapters.length > MAX_CHAPTERS) return { code: 'chapters.too_many', line };
	}
	return [...chapters].sort((a, b) => a.startS - b.startS);
}

/** WebVTT of chapters, as players mark them on the timeline. */
export function chaptersVtt(chapters: readonly Chapter[], durationS: number): string {
	const cues = chapters.flatMap(({ startS, title }, i): Cue[] => {
		const endS = chapters[i + 1]?.startS ?? durationS;
		return endS > startS ? [{ startMs: startS * 1000, endMs: Math.round(endS * 1000), text: title }] : [];
	});
	return webVtt(cues);
}
