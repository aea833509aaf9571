import { expect, test } from 'vitest';
import { chaptersVtt, parseChapters } from './chapters.ts';

test('chapters are read a line each, in order, with the dash people put after a time', () => {
	expect(parseChapters('2:30 Hai giai đoạn\n\n0:00 – Mở đầu\n1:00:00 Câu hỏi')).toEqual([
		{ startS: 0, title: 'Mở đầu' },
		{ startS: 150, title: 'Hai giai đoạn' },
		{ startS: 3600, title: 'Câu hỏi' }
	]);
});

test.for([
	['Mở đầu', 'chapters.bad_time', 1],
	['0:00 A\n0:10', 'chapters.bad_title', 2],
	['0:00 A\n0:00 B', 'chapters.same_time', 2]
] as const)('%s is refused with %s', ([text, code, line]) => {
	expect(parseChapters(text)).toEqual({ code, line });
});

test('the last chapter ends with the lecture, one beyond its end is left out', () => {
	const chapters = [
		{ startS: 0, title: 'A' },
		{ startS: 5, title: 'B' },
		{ startS: 20, title: 'C' }
	];
	expect(chaptersVtt(chapters.slice(0, 2), 12.5)).toContain('00:00:05.000 --> 00:00:12.500\nB');
	expect(chaptersVtt(chapters, 12)).not.toContain('C');
});
