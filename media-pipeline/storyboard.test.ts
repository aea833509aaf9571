import { expect, test } from 'vitest';
import { storyboardFor, storyboardVtt } from './storyboard.ts';

test.for([
	{ name: 'nine seconds', durationS: 9, everyS: 4, count: 3, grid: '3x1' },
	{ name: 'an hour', durationS: 3600, everyS: 36, count: 100, grid: '10x10' },
	{ name: 'six hours', durationS: 21_600, everyS: 216, count: 100, grid: '10x10' }
])('$name: $count pictures, one every $everyS s', ({ durationS, everyS, count, grid }) => {
	const sheet = storyboardFor({ width: 426, height: 240 }, durationS, 4);
	expect(sheet).toMatchObject({ everyS, count, tileWidth: 128, tileHeight: 72 });
	expect(`${sheet.columns}x${sheet.rows}`).toBe(grid);
});

test('an upright picture keeps its shape', () => {
	expect(storyboardFor({ width: 240, height: 426 }, 9, 4)).toMatchObject({ tileWidth: 72, tileHeight: 128 });
});

test('each stretch of time names its part of the sheet, the last one to the end', () => {
	const vtt = storyboardVtt(storyboardFor({ width: 426, height: 240 }, 45.5, 4), 45.5, 's.jpg');
	expect(vtt).toContain('00:00:40.000 --> 00:00:44.000\ns.jpg#xywh=0,72,128,72');
	expect(vtt).toContain('00:00:44.000 --> 00:00:45.500\ns.jpg#xywh=128,72,128,72');
});
