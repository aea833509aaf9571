import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	claimedSeconds,
	coveragePercent,
	credit,
	creditPack,
	formatSecondSet,
	isCovered,
	MAX_OFFLINE_S,
	normalise,
	parseSecondSet,
	playableSeconds,
	secondsIn,
	without,
	withinReach,
	type SecondRange
} from './coverage.ts';

const ranges = fc
	.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 60 })))
	.map((pairs) => pairs.map(([start, length]): SecondRange => [start, start + length]));
const seconds = (set: readonly SecondRange[]) =>
	new Set(set.flatMap(([start, end]) => Array.from({ length: Math.max(0, end - start) }, (_, i) => start + i)));

test.for([
	{ name: 'nothing at the same moment', elapsedS: 0, expected: 0 },
	{ name: 'double speed and two seconds of slack after a usual beat', elapsedS: 10, expected: 22 },
	{ name: 'slack in proportion for a hurried beat', elapsedS: 1, expected: 2 },
	{ name: 'nothing for a clock that went back', elapsedS: -5, expected: 0 },
	{ name: 'no more than the longest time offline', elapsedS: 10 * MAX_OFFLINE_S, expected: MAX_OFFLINE_S * 2 + 2 }
])('pays $name', ({ elapsedS, expected }) => {
	expect(playableSeconds(elapsedS)).toBe(expected);
});

test.for([
	{ name: 'edges round outward', claimed: [[0.4, 9.2]], totalS: 100, expected: [[0, 10]] },
	{ name: 'the lecture ends where the server says', claimed: [[90, 5000]], totalS: 100, expected: [[90, 100]] },
	{
		name: 'backward and endless ranges are nothing',
		claimed: [
			[9, 3],
			[0, Infinity],
			[NaN, 4]
		],
		totalS: 100,
		expected: []
	},
	{ name: 'what lies before the start is cut', claimed: [[-20, 3]], totalS: 100, expected: [[0, 3]] }
])('$name', ({ claimed, totalS, expected }) => {
	expect(claimedSeconds(claimed as [number, number][], totalS)).toEqual(expected);
});

test('replaying the same ten seconds sixty times is ten seconds', () => {
	let watched: readonly SecondRange[] = [];
	for (let i = 0; i < 60; i++)
		watched = normalise([...watched, ...credit(claimedSeconds([[0, 10]], 600), watched, 10)]);
	expect(secondsIn(watched)).toBe(10);
});

test('a forged claim of a whole hour after ten seconds is worth twenty-two seconds, the earliest ones', () => {
	expect(credit(claimedSeconds([[0, 3600]], 3600), [], 10)).toEqual([[0, 22]]);
});

test.for([
	{ watchedS: 90, totalS: 100, threshold: 90, expected: true },
	{ watchedS: 89, totalS: 100, threshold: 90, expected: false },
	{ watchedS: 0, totalS: 0, threshold: 90, expected: false }
])('$watchedS of $totalS seconds against $threshold% is $expected', ({ watchedS, totalS, threshold, expected }) => {
	expect(isCovered(watchedS, totalS, threshold)).toBe(expected);
});

test('the percentage shown is never rounded up', () => {
	expect(coveragePercent(899, 1000)).toBe(89);
});

test.for([
	{ name: 'all of it after as long', elapsedS: 100, gainedS: 0, expected: [[0, 100]] },
	{ name: 'twice the time that passed', elapsedS: 20, gainedS: 0, expected: [[0, 40]] },
	{ name: 'less by what was gained meanwhile', elapsedS: 20, gainedS: 30, expected: [[0, 10]] },
	{ name: 'nothing once the time is used up', elapsedS: 20, gainedS: 40, expected: [] },
	{ name: 'nothing under a clock set back', elapsedS: -5, gainedS: 0, expected: [] },
	{ name: 'no more than seven days of it', elapsedS: 1e9, gainedS: 7 * 86_400 * 2 - 5, expected: [[0, 5]] }
] as { name: string; elapsedS: number; gainedS: number; expected: SecondRange[] }[])(
	'a stored lesson is credited $name',
	({ elapsedS, gainedS, expected }) => {
		expect(creditPack([[0, 100]], [], elapsedS, gainedS)).toEqual(expected);
	}
);

test('sets of seconds behave as sets', () => {
	fc.assert(
		fc.property(ranges, ranges, (a, b) => {
			expect(seconds(normalise(a))).toEqual(seconds(a));
			expect(seconds(without(normalise(a), normalise(b)))).toEqual(seconds(a).difference(seconds(b)));
			expect(parseSecondSet(formatSecondSet(normalise(a)))).toEqual(normalise(a));
		})
	);
});

test('no order of beats credits more seconds than were claimed or than time allowed', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(ranges, fc.integer({ min: 0, max: 30 }))), (beats) => {
			let watched: readonly SecondRange[] = [];
			let paid = 0;
			for (const [claim, elapsedS] of beats) {
				watched = normalise([...watched, ...credit(claimedSeconds(claim, 360), watched, elapsedS)]);
				paid += playableSeconds(elapsedS);
			}
			expect(secondsIn(watched)).toBeLessThanOrEqual(paid);
			const claimedAtAll = seconds(beats.flatMap(([claim]) => claim));
			expect([...seconds(watched)].every((second) => claimedAtAll.has(second))).toBe(true);
		})
	);
});

test.for([
	{ name: 'a beginning', watched: [], claimed: [[0, 10]], expected: [[0, 10]] },
	{ name: 'nothing from a start further ahead', watched: [], claimed: [[30, 40]], expected: [] },
	{ name: 'what goes on where watching ended', watched: [[0, 10]], claimed: [[10, 20]], expected: [[10, 20]] },
	{ name: 'what goes on a second later', watched: [[0, 10]], claimed: [[12, 20]], expected: [[12, 20]] },
	{
		name: 'what was skipped before',
		watched: [
			[0, 10],
			[20, 30]
		],
		claimed: [[10, 20]],
		expected: [[10, 20]]
	},
	{
		name: 'one step after the other, and not the jump behind them',
		watched: [[0, 10]],
		claimed: [
			[5, 15],
			[16, 20],
			[40, 50]
		],
		expected: [
			[5, 15],
			[16, 20]
		]
	}
] as { name: string; watched: SecondRange[]; claimed: SecondRange[]; expected: SecondRange[] }[])(
	'within reach is $name',
	({ watched, claimed, expected }) => {
		expect(withinReach(claimed, watched)).toEqual(expected);
	}
);
