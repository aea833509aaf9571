import { describe, expect, test } from 'vitest';
import { parseCues, readStamp, webVtt, type Cue } from './cues.ts';

const cue = (startMs: number, endMs: number, text: string): Cue => ({ startMs, endMs, text });

describe('reading captions', () => {
	test.for([
		{ name: 'WebVTT', file: 'WEBVTT\n\n1\n00:01.000 --> 00:02.500\nXin chào\n' },
		{
			name: 'WebVTT with settings, voice and styles',
			file: 'WEBVTT - x\n\nSTYLE\n::cue{color:red}\n\nNOTE ghi chú\nhai dòng\n\n00:00:01.000 --> 00:00:02.500 align:start\n<v Lan><i>Xin</i> chào</v>'
		},
		{
			name: 'SubRip with Windows line ends and position',
			file: '\uFEFF1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<font color="red">Xin chào</font>\r\n\r\n'
		},
		{ name: 'decomposed letters', file: '1\n00:00:01,0 --> 00:00:02,5\nXin cha\u0300o' }
	])('$name', ({ file }) => {
		expect(parseCues(file)).toEqual([cue(1000, 2500, 'Xin chào')]);
	});

	test('cues out of order are put in order, empty ones left out', () => {
		const file = '00:05.000 --> 00:06.000\nHai\n\n00:01.000 --> 00:02.000\nMột\n\n00:03.000 --> 00:04.000\n<i></i>\n';
		expect(parseCues(file)).toEqual([cue(1000, 2000, 'Một'), cue(5000, 6000, 'Hai')]);
	});

	test.for([
		{ file: 'WEBVTT\n\n00:61.000 --> 00:62.000\nX', code: 'captions.bad_time', line: 3 },
		{ file: '1\nabc --> def\nX', code: 'captions.bad_time', line: 2 },
		{ file: '1\n00:00:02,000 --> 00:00:01,000\nX', code: 'captions.end_before_start', line: 2 },
		{ file: `1\n00:00:01,000 --> 00:00:02,000\n${'x'.repeat(501)}`, code: 'captions.too_long_text', line: 2 },
		{ file: 'WEBVTT\n\nchỉ có chữ', code: 'captions.none', line: 1 }
	])('refuses with $code at line $line', ({ file, code, line }) => {
		expect(parseCues(file)).toEqual({ code, line });
	});
});

test('what is written reads back the same, also where it looks like markup or an arrow', () => {
	const cues = [
		cue(0, 999, 'a < b & c > d'),
		cue(1000, 3_723_004, '00:01.000 --> 00:02.000'),
		cue(2000, 2001, 'hai\ndòng')
	];
	const text = webVtt(cues);
	expect(text).not.toMatch(/\n00:01\.000 -->/);
	expect(parseCues(text)).toEqual(cues);
});

test.for([
	['1:02', 62_000],
	['0:01:02.345', 62_345],
	['90:00', 5_400_000],
	['1:02,5', 62_500],
	['1:75', undefined],
	['x', undefined]
] as const)('a typed time %s is %s', ([typed, ms]) => {
	expect(readStamp(typed)).toBe(ms);
});
