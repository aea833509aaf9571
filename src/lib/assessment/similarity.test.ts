import { describe, expect, test } from 'vitest';
import { errorSimilarity, matchChance } from './similarity.ts';

describe('the chance that two wrong answers match', () => {
	test.each([
		[[2, 2], 0.5],
		[[3, 1], 0.625],
		[[1, 1, 1, 1], 0.25],
		[[5], 1],
		[[], 0]
	])('of %j is %d', (counts, chance) => {
		expect(matchChance(counts)).toBeCloseTo(chance, 12);
	});
});

describe('error similarity, worked out by hand', () => {
	test('of equal chances is the binomial: 3 or more of 4 at a half is 5/16', () => {
		expect(errorSimilarity(3, [0.5, 0.5, 0.5, 0.5])).toEqual({ expected: 2, chance: 5 / 16 });
	});
	test('of unequal chances counts every way: 1 or more of 0.5 and 0.25 is 1 − 0.5 × 0.75', () => {
		expect(errorSimilarity(1, [0.5, 0.25])).toEqual({ expected: 0.75, chance: 0.625 });
		expect(errorSimilarity(2, [0.5, 0.25]).chance).toBeCloseTo(0.125, 12);
	});
	test('of nothing is certain and expects nothing', () => {
		expect(errorSimilarity(0, [])).toEqual({ expected: 0, chance: 1 });
	});
});
