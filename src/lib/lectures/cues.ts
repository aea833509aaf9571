import { tidy } from '../text/fold.ts';

/** One line of captions: whole milliseconds from the start of the lecture, plain text of one or more lines. */
export type Cue = Readonly<{ startMs: number; endMs: number; text: string }>;

/** Why a caption file was refused: a code of i18n/errors.ts, and the line of the file, counted from 1. */
export type CueProblem = Readonly<{ code: string; line: number }>;

export const MAX_CUES = 20_000;
export const MAX_CUE_CHARS = 500;

const TIMING =
	/^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})(?:\s.*)?$/;

/**
 * Reads WebVTT (W3C, 1st of April 2019) or SubRip. Only times and plain text are taken: styles, regions, notes, voices,
 * positions and colours are left out, and whatever looks like markup is not text.
 * @returns the cues in order of time, or the first thing that is wrong
 */
export function parseCues(file: string): readonly Cue[] | CueProblem {
	const lines = file.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
	const cues: Cue[] = [];
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i]!;
		if (/^(NOTE|STYLE|REGION)(\s|$)/.test(line)) while (lines[i + 1]?.trim()) i++;
		if (!line.includes('-->')) continue;
		const at = i + 1;
		const times = timesOf(line);
		if (!times) return { code: 'captions.bad_time', line: at };
		if (times.endMs <= times.startMs) return { code: 'captions.end_before_start', line: at };
		const text: string[] = [];
		while (i + 1 < lines.length && lines[i + 1]!.trim() !== '' && !lines[i + 1]!.includes('-->'))
			text.push(lines[++i]!);
		const plain = plainText(text);
		if (plain.length > MAX_CUE_CHARS) return { code: 'captions.too_long_text', line: at };
		if (plain) cues.push({ ...times, text: plain });
		if (cues.length > MAX_CUES) return { code: 'captions.too_many', line: at };
	}
	if (cues.length === 0) return { code: 'captions.none', line: 1 };
	return inOrder(cues);
}

/** Sorted by time, as files need them. */
export function inOrder(cues: readonly Cue[]): Cue[] {
	return [...cues].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
}

/** WebVTT of cues; nothing in a text can end its cue or become markup. */
export function webVtt(cues: readonly Cue[]): string {
	const blocks = cues.map(({ startMs, endMs, text }) => `${stamp(startMs)} --> ${stamp(endMs)}\n${escaped(text)}`);
	return `${['WEBVTT', ...blocks].join('\n\n')}\n`;
}

/** `00:01:02.345` */
export function stamp(ms: number): string {
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(Math.floor(ms % 1000)).padStart(3, '0')}`;
}

/** Reads a time as people type it: `1:02`, `1:02,5`, `0:01:02.345`. @returns milliseconds, or undefined */
export function readStamp(typed: string): number | undefined {
	const found = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?$/.exec(typed.trim());
	if (!found || Number(found[3]) > 59) return undefined;
	return milliseconds(found[1], found[2], found[3], found[4]);
}

function timesOf(line: string): { startMs: number; endMs: number } | undefined {
	const found = TIMING.exec(line);
	if (!found || [found[2], found[3], found[6], found[7]].some((part) => Number(part) > 59)) return undefined;
	return {
		startMs: milliseconds(found[1], found[2], found[3], found[4]),
		endMs: milliseconds(found[5], found[6], found[7], found[8])
	};
}

function milliseconds(hours = '0', minutes = '0', seconds = '0', fraction = '0'): number {
	return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0'));
}

/** Text without WebVTT tags, SubRip tags and `{\an8}`, with entities read, tidy line by line. */
function plainText(lines: readonly string[]): string {
	return lines
		.map((line) =>
			tidy(withoutControls(unescaped(line.replace(/<\/?[a-z0-9][^<>]*>/gi, '').replace(/\{\\[^}]*\}/g, ''))))
		)
		.filter(Boolean)
		.join('\n');
}

function withoutControls(text: string): string {
	return text.replace(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, ' ');
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' };

function unescaped(text: string): string {
	return text.replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
