import { expect, test } from 'vitest';
import { heightsOf, rungFor } from './quality.ts';

const ladder = [
	{ width: 426, height: 240 },
	{ width: 640, height: 360 },
	{ width: 1280, height: 720 }
];

test('heights are offered from the highest, and the shorter side names a portrait video', () => {
	expect(heightsOf(ladder)).toEqual([720, 360, 240]);
	expect(
		heightsOf([
			{ width: 240, height: 426 },
			{ width: 720, height: 1280 }
		])
	).toEqual([720, 240]);
});

test('one rung or sound alone leaves nothing to choose', () => {
	expect(heightsOf([{ width: 320, height: 180 }])).toEqual([]);
	expect(heightsOf([{}])).toEqual([]);
});

test('the data saver takes the lowest rung, automatic none, a lost height none', () => {
	expect(rungFor('saver', ladder)).toBe(0);
	expect(rungFor('auto', ladder)).toBe(-1);
	expect(rungFor('720', ladder)).toBe(2);
	expect(rungFor('1080', ladder)).toBe(-1);
});
