import { expect, test } from 'vitest';
import { ladderFor, outputFrameRate, type FrameRate } from './ladder.ts';

test.for([
	{ name: 'Full HD', width: 1920, height: 1080, expected: ['1920x1080', '1280x720', '854x480', '640x360', '426x240'] },
	{ name: '4K', width: 3840, height: 2160, expected: ['1920x1080', '1280x720', '854x480', '640x360', '426x240'] },
	{ name: 'HD', width: 1280, height: 720, expected: ['1280x720', '854x480', '640x360', '426x240'] },
	{ name: 'an old 4:3 camera', width: 640, height: 480, expected: ['640x480', '480x360', '320x240'] },
	{
		name: 'a phone held upright',
		width: 1080,
		height: 1920,
		expected: ['1080x1920', '720x1280', '480x854', '360x640', '240x426']
	},
	{ name: 'a laptop screen', width: 1366, height: 768, expected: ['1280x720', '854x480', '640x360', '426x240'] },
	{ name: 'smaller than the smallest step', width: 321, height: 181, expected: ['320x180'] },
	{ name: 'exactly the smallest step, odd width', width: 427, height: 240, expected: ['426x240'] },
	{ name: 'a square', width: 500, height: 500, expected: ['480x480', '360x360', '240x240'] }
])('$name gives $expected', ({ width, height, expected }) => {
	expect(ladderFor({ width, height }).map((rung) => `${rung.width}x${rung.height}`)).toEqual(expected);
});

test('no rendition is larger than its source or has an odd side, whatever the source', () => {
	for (let width = 16; width < 2200; width += 37) {
		for (let height = 16; height < 2200; height += 41) {
			const rungs = ladderFor({ width, height });
			expect(rungs.length).toBeGreaterThan(0);
			for (const rung of rungs) {
				expect(rung.width <= width && rung.height <= height).toBe(true);
				expect(rung.width % 2 === 0 && rung.height % 2 === 0).toBe(true);
			}
		}
	}
});

test('the smallest rendition and the sound fit a line of 300 kbit/s', () => {
	expect(ladderFor({ width: 1920, height: 1080 }).at(-1)).toMatchObject({ name: '240p', maxRateKbps: 200 });
});

const rate = (numerator: number, denominator = 1): FrameRate => ({ numerator, denominator });

test.for([
	{ name: '25 stays', average: rate(25), nominal: rate(25), isVariable: false, expected: rate(25) },
	{
		name: 'NTSC stays',
		average: rate(30000, 1001),
		nominal: rate(30000, 1001),
		isVariable: false,
		expected: rate(30000, 1001)
	},
	{ name: '60 is halved', average: rate(60), nominal: rate(60), isVariable: false, expected: rate(30) },
	{
		name: '59.94 is halved',
		average: rate(60000, 1001),
		nominal: rate(60000, 1001),
		isVariable: false,
		expected: rate(30000, 1001)
	},
	{ name: '50 is halved', average: rate(50), nominal: rate(50), isVariable: false, expected: rate(25) },
	{ name: '120 is quartered', average: rate(120), nominal: rate(120), isVariable: false, expected: rate(30) },
	{
		name: 'a phone’s 30.02 is capped, not halved',
		average: rate(3002, 100),
		nominal: rate(3002, 100),
		isVariable: false,
		expected: rate(30)
	},
	{
		name: 'a screen recording takes its nominal rate',
		average: rate(172, 10),
		nominal: rate(30),
		isVariable: true,
		expected: rate(30)
	},
	{
		name: 'an unbelievable nominal rate gives way to the average',
		average: rate(147, 10),
		nominal: rate(240),
		isVariable: true,
		expected: rate(15)
	},
	{
		name: 'one picture in ten seconds becomes one a second',
		average: rate(1, 10),
		nominal: rate(1, 10),
		isVariable: false,
		expected: rate(1)
	}
])('frame rate: $name', ({ average, nominal, isVariable, expected }) => {
	expect(outputFrameRate({ average, nominal, isVariable })).toEqual(expected);
});
